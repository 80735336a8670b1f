-- Grain: one statement of what a campaign cost, in the words in which touches are compared.
{{ config(materialized='view') }}

with costs as (
    select * from {{ ref('int_campaign_cost__checked') }}
    where is_current and not is_deleted
),

words as (
    select * from {{ ref('policy_utm_value') }} as policy
    where {{ in_force('policy') }}
),

written as (
    select
        costs.*,
        {{ touch_word('source') }} as source_word,
        {{ touch_word('medium') }} as medium_word,
        {{ touch_word('campaign') }} as campaign_word
    from costs
),

named as (
    select
        written.*,
        coalesce(sources.value, written.source_word) as touch_source,
        coalesce(media.value, written.medium_word) as touch_medium,
        coalesce(campaigns.value, written.campaign_word) as touch_campaign,
        cast(null as {{ dbt.type_string() }}) as touch_content,
        cast(null as {{ dbt.type_string() }}) as touch_term
    from written
    left join words as sources
        on sources.field = 'source' and written.source_word = sources.alias
    left join words as media
        on media.field = 'medium' and written.medium_word = media.alias
    left join words as campaigns
        on campaigns.field = 'campaign' and written.campaign_word = campaigns.alias
)

select
    *,
    case when coalesce(touch_source, touch_medium, touch_campaign) is not null then
        {{ source_key() }}
    end as source_id
from named
