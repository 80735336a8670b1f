-- Grain: one distinct way in which events say where they came from, as it is written.
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

touches as (
    select
        {{ touch_key('events') }} as touch_key,
        max(source_system) as source_system,
        max(campaign_record_id) as campaign_record_id,
        max(source) as source,
        max(medium) as medium,
        max(campaign) as campaign,
        max(content) as content,
        max(term) as term,
        max(case when click_id is not null then lower(coalesce(click_id_type, 'gclid')) end)
            as click_id_type,
        max({{ address_host('referrer') }}) as referrer_host,
        max({{ address_host('page_location') }}) as page_host
    from events
    group by {{ touch_key('events') }}
),

written as (
    select
        touches.touch_key,
        {{ touch_word('touches.source') }} as source,
        {{ touch_word('touches.medium') }} as medium,
        {{ touch_word('coalesce(touches.campaign, campaigns.label)') }} as campaign,
        {{ touch_word('touches.content') }} as content,
        {{ touch_word('touches.term') }} as term,
        touches.click_id_type,
        touches.referrer_host,
        touches.page_host
    from touches
    left join campaigns
        on touches.source_system = campaigns.source_system
            and touches.campaign_record_id = campaigns.source_record_id
    where touches.touch_key is not null
)

select * from written
