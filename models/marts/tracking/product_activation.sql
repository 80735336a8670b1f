-- Grain: one person and one threshold of use that they reached.
with rules as (
    select * from {{ ref('policy_activation') }}
),

events as (
    select * from {{ ref('event') }}
    where person_id is not null
),

used as (
    select
        rules.activation_id,
        rules.min_count,
        rules.within_days,
        events.person_id,
        events.event_at,
        row_number() over (
            partition by rules.activation_id, events.person_id
            order by events.event_at, events.event_id
        ) as place
    from events
    inner join rules
        on events.event_name = rules.event_name
            and {{ in_force('rules', 'events.event_at') }}
),

-- The first use that is, with those before it, enough in the days allowed.
reached as (
    select
        later.activation_id,
        later.person_id,
        min(later.event_at) as activated_at
    from used as later
    inner join used as earlier
        on later.activation_id = earlier.activation_id
            and later.person_id = earlier.person_id
            and later.place - later.min_count + 1 = earlier.place
    where later.event_at <= {{ dbt.dateadd('day', 'later.within_days', 'earlier.event_at') }}
    group by later.activation_id, later.person_id
)

select
    person_id,
    activation_id,
    activated_at,
    '{{ var("contract_version") }}' as _contract_version
from reached
