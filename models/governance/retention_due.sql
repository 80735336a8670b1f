-- Grain: one person and one class of what is kept about them whose time is up.
with persons as (
    select * from {{ ref('person') }}
),

policies as (
    select * from {{ ref('policy_retention') }} as policy
    where entity = 'person' and {{ in_force('policy') }}
),

signs as (
    select person_id, max(happened_at) as last_sign_at
    from {{ ref('person_timeline') }}
    where happened_at <= {{ as_of() }}
    group by person_id
),

identified as (
    select person_id from {{ ref('person_pii') }}
    where coalesce(
        email, phone, first_name, last_name, street,
        cast(date_of_birth as {{ dbt.type_string() }})
    ) is not null
),

-- To be written to is no deed of one's own, and some tools list mails without their time.
deeds as (
    select person_id, min(event_at) as first_event_at
    from {{ ref('event') }}
    where person_id is not null and event_name <> 'email_sent'
    group by person_id
),

open_deals as (
    select roles.person_id, count(*) as deal_count
    from {{ ref('opportunity_contact_role') }} as roles
    inner join {{ ref('opportunity') }} as deals
        on roles.opportunity_id = deals.opportunity_id
    where not coalesce(deals.is_closed, false)
    group by roles.person_id
),

aged as (
    select
        persons.person_id,
        policies.field_class,
        policies.action,
        policies.grace_days,
        policies.days,
        case
            when policies.field_class = 'behaviour' then deeds.first_event_at
            when policies.field_class = 'all' or identified.person_id is not null
                then {{ greatest_of([
                    'signs.last_sign_at', 'persons.updated_at', 'persons.created_at',
                ]) }}
        end as counted_from,
        open_deals.person_id is not null as is_held_by_open_deal
    from persons
    cross join policies
    left join signs
        on persons.person_id = signs.person_id
    left join identified
        on persons.person_id = identified.person_id
    left join deeds
        on persons.person_id = deeds.person_id
    left join open_deals
        on persons.person_id = open_deals.person_id
),

due as (
    select
        *,
        {{ seconds_between('counted_from', as_of()) }} - 86400 * days as seconds_over
    from aged
    where counted_from is not null
)

select
    person_id,
    field_class,
    counted_from,
    {{ dbt.dateadd('day', 'days', 'counted_from') }} as due_at,
    action,
    is_held_by_open_deal,
    seconds_over > 86400 * grace_days and not is_held_by_open_deal as is_overdue,
    '{{ var("contract_version") }}' as _contract_version
from due
where seconds_over >= 0
