-- Grain: one accepted event, in canonical words, with its time and the touch it came from.
{{ config(materialized='view') }}

with events as (
    select * from {{ ref('int_event__checked') }}
    where is_current
),

event_names as (
    select * from {{ ref('policy_event_name') }} as policy
    where {{ in_force('policy') }}
),

touches as (
    select * from {{ ref('int_event__touches') }}
),

located as (
    select
        {{ surrogate_key('evt', [
            'events.source_system', 'events.source_object', 'events.source_record_id',
        ]) }} as event_id,
        events.*,
        {{ event_moment('events') }} as happened_at,
        event_names.event_name as canonical_name,
        event_names.intent,
        touches.source_id,
        coalesce(touches.is_entry, false) as is_entry
    from events
    inner join event_names
        on {{ event_word('events.event_name') }} = event_names.alias
    left join touches
        on {{ touch_key('events') }} = touches.touch_key
)

select * from located
