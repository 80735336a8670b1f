-- Grain: one accepted event, in canonical words and with the touch it came from.
{{ config(materialized='view') }}

with events as (
    select * from {{ ref('int_event__checked') }}
    where is_current
),

event_names as (
    select * from {{ ref('policy_event_name') }} as policy
    where {{ in_force('policy') }}
),

campaigns as (
    select source_system, source_record_id, max(label) as label
    from {{ ref('int_reference__checked') }}
    where kind = 'campaign' and is_current
    group by source_system, source_record_id
),

named as (
    select
        events.*,
        event_names.event_name as canonical_name,
        event_names.intent,
        coalesce(
            {{ touch_word('events.source') }},
            case when events.click_id is not null then 'google' end
        ) as touch_source,
        coalesce(
            {{ medium_word('events.medium') }},
            case when events.click_id is not null then 'cpc' end
        ) as touch_medium,
        {{ touch_word('coalesce(events.campaign, campaigns.label)') }} as touch_campaign,
        {{ touch_word('events.content') }} as touch_content,
        {{ touch_word('events.term') }} as touch_term
    from events
    inner join event_names
        on {{ event_word('events.event_name') }} = event_names.alias
    left join campaigns
        on events.source_system = campaigns.source_system
            and events.campaign_record_id = campaigns.source_record_id
),

located as (
    select
        {{ surrogate_key('evt', ['source_system', 'source_object', 'source_record_id']) }} as event_id,
        *,
        case when coalesce(touch_source, touch_medium, touch_campaign) is not null then
            {{ source_key() }}
        end as source_id
    from named
)

select * from located
