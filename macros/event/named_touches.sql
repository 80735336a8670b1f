{# The CTEs `words`, `meant` and `named`: the rows of the CTE `written`, each with the touch that its words
   source_word, medium_word and campaign_word mean by policy_utm_value, and the key of that touch's
   source; null where there is no word. #}
{% macro named_touches() -%}
    words as (
        select * from {{ ref('policy_utm_value') }} as policy
        where {{ in_force('policy') }}
    ),

    meant as (
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
    ),

    named as (
        select
            *,
            case when coalesce(touch_source, touch_medium, touch_campaign) is not null then
                {{ source_key() }}
            end as touch_source_id
        from meant
    )
{%- endmacro %}
