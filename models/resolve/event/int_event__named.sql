-- Grain: one spelling of an event's name, with the name that the policy gives it.
with written as (
    select distinct event_name
    from {{ ref('int_event__checked') }}
    where is_current
),

policies as (
    select * from {{ ref('policy_event_name') }} as policy
    where {{ in_force('policy') }}
),

named as (
    select
        written.event_name as written_name,
        policies.event_name as canonical_name,
        policies.intent
    from written
    inner join policies
        on {{ event_word('written.event_name') }} = policies.alias
)

select * from named
