-- Grain: one account that a person without a live relation to any may belong to, by one method.
with unrelated as (
    select persons.*
    from {{ ref('int_person__resolved') }} as persons
    left join {{ ref('int_person_account__relations') }} as relations
        on persons.person_id = relations.person_id and relations.valid_to is null
    where relations.person_id is null and persons.live_record_count > 0
),

leads as (
    select
        unrelated.person_id,
        {{ company_name_key('unrelated.company_name') }} as name_key,
        {{ regex_replace(company_name_key('unrelated.company_name'), '[^0-9]', '') }}
            as name_digits,
        {{ compared_text('unrelated.postcode') }} as postcode,
        {{ compared_text('unrelated.city') }} as city,
        lower(trim(unrelated.country)) as country,
        hosts.domain
    from unrelated
    left join {{ ref('int_domain__registrable') }} as hosts
        on {{ regex_extract('unrelated.email', '@([^@]*)$') }} = hosts.host and hosts.is_corporate
),

accounts as (
    select
        account_id,
        {{ company_name_key('name') }} as name_key,
        {{ regex_replace(company_name_key('name'), '[^0-9]', '') }} as name_digits,
        {{ compared_text('postcode') }} as postcode,
        {{ compared_text('city') }} as city,
        lower(trim(country)) as country
    from {{ ref('int_account__resolved') }}
    where live_record_count > 0 or record_count = 0
),

claimants as (
    select distinct claims.domain, members.account_id
    from {{ ref('int_account_domain__claims') }} as claims
    inner join {{ ref('int_account__members') }} as members
        on claims.record_key = members.record_key
    where claims.problem is null
),

by_domain as (
    select
        leads.person_id,
        accounts.account_id,
        case
            when leads.name_key = accounts.name_key then 'ambiguous_domain_and_name'
            else 'ambiguous_domain'
        end as method
    from leads
    inner join claimants
        on leads.domain = claimants.domain
    inner join accounts
        on claimants.account_id = accounts.account_id
),

by_name as (
    select
        leads.person_id,
        accounts.account_id,
        case
            when leads.name_key <> accounts.name_key then 'similar_name_and_place'
            when {{ same_place('leads', 'accounts') }} then 'company_name_and_place'
            else 'company_name'
        end as method
    from leads
    inner join accounts
        on substr(leads.name_key, 1, 4) = substr(accounts.name_key, 1, 4)
    where leads.name_key = accounts.name_key
        or (
            {{ same_place('leads', 'accounts') }}
            and {{ company_names_alike('leads', 'accounts') }}
        )
),

candidates as (
    select person_id, account_id, method from by_domain
    union
    select person_id, account_id, method from by_name
)

select * from candidates
