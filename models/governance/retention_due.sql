-- Grain: one person whose time is up.
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
        {{ greatest_of(['signs.last_sign_at', 'persons.updated_at', 'persons.created_at']) }}
            as last_sign_at,
        policies.days,
        open_deals.person_id is not null as is_held_by_open_deal
    from persons
    cross join policies
    left join signs
        on persons.person_id = signs.person_id
    left join open_deals
        on persons.person_id = open_deals.person_id
),

due as (
    select
        *,
        {{ seconds_between('last_sign_at', as_of()) }} - 86400 * days as seconds_over
    from aged
)

select
    person_id,
    field_class,
    last_sign_at,
    {{ dbt.dateadd('day', 'days', 'last_sign_at') }} as due_at,
    action,
    is_held_by_open_deal,
    seconds_over > 86400 * grace_days and not is_held_by_open_deal as is_overdue,
    '{{ var("contract_version") }}' as _contract_version
from due
where seconds_over >= 0
