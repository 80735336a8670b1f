-- Grain: one question about accounts that people have to answer.
with owners as (
    select * from {{ ref('int_account_domain__owners') }}
    where is_ambiguous
),

members as (
    select * from {{ ref('int_account__members') }}
),

claimants as (
    select distinct claims.domain, members.account_id
    from {{ ref('int_account_domain__claims') }} as claims
    inner join members
        on claims.record_key = members.record_key
    where claims.problem is null
),

firsts as (
    select domain, min(account_id) as account_id
    from claimants
    group by domain
),

-- One question per further claimant, not per pair of claimants.
contested as (
    select
        owners.reason,
        firsts.account_id as left_account_id,
        claimants.account_id as right_account_id,
        owners.domain as subject,
        owners.valid_from as known_since,
        cast(null as decimal(9, 4)) as confidence
    from owners
    inner join firsts
        on owners.domain = firsts.domain
    inner join claimants
        on owners.domain = claimants.domain and firsts.account_id <> claimants.account_id
),

lookalikes as (
    select
        lookalikes.method,
        lookalikes.confidence,
        {{ least_of(['left_side.account_id', 'right_side.account_id']) }} as left_account_id,
        {{ greatest_of(['left_side.account_id', 'right_side.account_id']) }} as right_account_id,
        {{ greatest_of(['left_side.valid_from', 'right_side.valid_from']) }} as known_since
    from {{ ref('int_account__lookalikes') }} as lookalikes
    inner join members as left_side
        on lookalikes.left_record_key = left_side.record_key
    inner join members as right_side
        on lookalikes.right_record_key = right_side.record_key
    where left_side.account_id <> right_side.account_id
),

questions as (
    select * from contested
    union all
    select
        'account.record.' || method as reason,
        left_account_id,
        right_account_id,
        cast(null as {{ dbt.type_string() }}) as subject,
        min(known_since) as known_since,
        max(cast(confidence as decimal(9, 4))) as confidence
    from lookalikes
    group by method, left_account_id, right_account_id
)

select
    {{ surrogate_key('rev', [
        'reason', 'left_account_id', 'right_account_id', "coalesce(subject, '')"
    ]) }} as review_id,
    reason,
    left_account_id,
    right_account_id,
    subject as domain,
    confidence,
    known_since,
    case
        when subject is not null
            then 'Name the parent company in the CRM, merge the two, or correct a domain.'
        else 'Merge the two in their system if they are one firm; else leave them.'
    end as next_step,
    '{{ var("contract_version") }}' as _contract_version
from questions
