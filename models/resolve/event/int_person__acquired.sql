-- Grain: one person, with the source its records name as the acquisition.
{{ config(materialized='view') }}

with persons as (
    select * from {{ ref('int_person__resolved') }}
),

words as (
    select * from {{ ref('policy_utm_value') }} as policy
    where {{ in_force('policy') }}
),

written as (
    select
        person_id,
        {{ touch_word('acquisition_source') }} as source,
        {{ touch_word('acquisition_medium') }} as medium,
        {{ touch_word('acquisition_campaign') }} as campaign
    from persons
),

named as (
    select
        written.person_id,
        coalesce(sources.value, written.source) as touch_source,
        coalesce(media.value, written.medium) as touch_medium,
        coalesce(campaigns.value, written.campaign) as touch_campaign,
        cast(null as {{ dbt.type_string() }}) as touch_content,
        cast(null as {{ dbt.type_string() }}) as touch_term
    from written
    left join words as sources
        on sources.field = 'source' and written.source = sources.alias
    left join words as media
        on media.field = 'medium' and written.medium = media.alias
    left join words as campaigns
        on campaigns.field = 'campaign' and written.campaign = campaigns.alias
),

acquired as (
    select
        *,
        case when coalesce(touch_source, touch_medium, touch_campaign) is not null then
            {{ source_key() }}
        end as acquisition_source_id
    from named
)

select * from acquired
