-- Grain: one distinct way in which events say where they came from, part by part.
{{ config(
    materialized='incremental',
    incremental_strategy='delete+insert',
    unique_key='touch_key',
    post_hook="{{ drop_unseen_touches() }}",
) }}

with events as (
    select * from {{ ref('int_event__checked') }} as events
    where is_current and {{ judged_since_built('events') }}
),

touches as (
    select
        touch_key,
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
    where touch_key is not null
    group by touch_key
)

select * from touches
