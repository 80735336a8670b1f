-- Grain: one accepted event, in canonical words, with its time and the touch it came from.
{{ config(materialized='view') }}

with events as (
    select * from {{ ref('int_event__checked') }}
    where is_current
),

event_names as (
    select * from {{ ref('int_event__named') }}
),

touches as (
    select * from {{ ref('int_event__touches') }}
),

located as (
    select
        events.*,
        {{ event_moment('events') }} as happened_at,
        event_names.canonical_name,
        event_names.intent,
        touches.source_id,
        coalesce(touches.is_entry, false) as is_entry
    from events
    inner join event_names
        on events.event_name = event_names.written_name
    left join touches
        on events.touch_key = touches.touch_key
)

select * from located
