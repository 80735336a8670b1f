-- Grain: one person and period whose touches count for a conversion, at one level.
with conversions as (
    select * from {{ ref('conversion') }}
),

roles as (
    select * from {{ ref('opportunity_contact_role') }}
),

{{ employers() }},

leads as (
    select subject_id as person_id, min(entered_at) as lead_at
    from {{ ref('lifecycle_history') }}
    where subject_type = 'person' and stage_rank >= 20
    group by subject_id
),

contacts as (
    select conversion_id, account_id, person_id from conversions
    where person_id is not null
    union
    select conversions.conversion_id, conversions.account_id, roles.person_id
    from conversions
    inner join roles
        on conversions.opportunity_id = roles.opportunity_id
),

-- Who belongs to no account that we know of stands for one.
people as (
    select
        conversion_id, 'person' as level, person_id, {{ unknown_start() }} as valid_from,
        cast(null as {{ dbt.type_timestamp() }}) as valid_to
    from contacts
    union
    select conversion_id, 'account', person_id, {{ unknown_start() }}, null
    from contacts
    where account_id is null
    union
    select
        conversions.conversion_id, 'account', employers.person_id, employers.valid_from,
        employers.valid_to
    from conversions
    inner join employers
        on conversions.account_id = employers.account_id
)

select
    people.conversion_id,
    people.level,
    people.person_id,
    people.valid_from,
    people.valid_to,
    leads.lead_at,
    '{{ var("contract_version") }}' as _contract_version
from people
left join leads
    on people.person_id = leads.person_id
