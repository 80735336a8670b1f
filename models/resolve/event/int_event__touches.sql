-- Grain: one distinct way in which events say where they came from, in comparable words.
with events as (
    select * from {{ ref('int_event__checked') }}
    where is_current
),

campaigns as (
    select source_system, source_record_id, max(label) as label
    from {{ ref('int_reference__checked') }}
    where kind = 'campaign' and is_current
    group by source_system, source_record_id
),

written as (
    select
        {{ touch_key('events') }} as touch_key,
        max(source_system) as source_system,
        max(campaign_record_id) as campaign_record_id,
        max(source) as source,
        max(medium) as medium,
        max(campaign) as campaign,
        max(content) as content,
        max(term) as term,
        max(case when click_id is not null then 1 else 0 end) = 1 as has_click_id
    from events
    group by {{ touch_key('events') }}
),

worded as (
    select
        written.touch_key,
        coalesce(
            {{ touch_word('written.source') }}, case when written.has_click_id then 'google' end
        ) as touch_source,
        coalesce(
            {{ medium_word('written.medium') }}, case when written.has_click_id then 'cpc' end
        ) as touch_medium,
        {{ touch_word('coalesce(written.campaign, campaigns.label)') }} as touch_campaign,
        {{ touch_word('written.content') }} as touch_content,
        {{ touch_word('written.term') }} as touch_term
    from written
    left join campaigns
        on written.source_system = campaigns.source_system
            and written.campaign_record_id = campaigns.source_record_id
    where written.touch_key is not null
),

touches as (
    select
        *,
        case when coalesce(touch_source, touch_medium, touch_campaign) is not null then
            {{ source_key() }}
        end as source_id
    from worded
)

select * from touches
