-- Grain: one distinct way in which events say where they came from, as it is written.
{%- set host = '^([^?#:]*[^.?#:])' %}
with touches as (
    select * from {{ ref('int_touch__seen') }}
),

campaigns as (
    select source_system, source_record_id, max(label) as label
    from {{ ref('int_reference__checked') }}
    where kind = 'campaign' and is_current
    group by source_system, source_record_id
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
        {{ regex_extract('touches.referrer_host', host) }} as referrer_host,
        {{ regex_extract('touches.page_host', host) }} as page_host
    from touches
    left join campaigns
        on touches.source_system = campaigns.source_system
            and touches.campaign_record_id = campaigns.source_record_id
)

select * from written
