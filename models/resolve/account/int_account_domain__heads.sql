-- Grain: one domain that several companies claim and that is all the same one account's.
with judged as (
    select * from {{ ref('int_account_domain__judged') }}
    where is_ambiguous
),

members as (
    select * from {{ ref('int_account__members') }}
),

records as (
    select * from {{ ref('int_account__checked') }}
    where is_current and not coalesce(is_deleted, false)
),

claimants as (
    select distinct claims.domain, members.account_id
    from {{ ref('int_account_domain__claims') }} as claims
    inner join judged
        on claims.domain = judged.domain
    inner join members
        on claims.record_key = members.record_key
    where claims.problem is null
),

parents as (
    select distinct members.account_id, parents.account_id as parent_account_id
    from records
    inner join members
        on records.record_key = members.record_key
    inner join members as parents
        on records.source_system || ':' || records.parent_record_id = parents.record_key
),

counted as (
    select
        claimants.domain,
        claimants.account_id,
        count(distinct others.account_id) as other_count,
        count(distinct parents.account_id) as subsidiary_count
    from claimants
    left join claimants as others
        on claimants.domain = others.domain and claimants.account_id <> others.account_id
    left join parents
        on others.account_id = parents.account_id
            and claimants.account_id = parents.parent_account_id
    group by claimants.domain, claimants.account_id
),

-- The company that all other claimants belong to. Two that name each other are no such company.
heads as (
    select domain, min(account_id) as account_id
    from counted
    where subsidiary_count = other_count
    group by domain
    having count(*) = 1
)

select * from heads
