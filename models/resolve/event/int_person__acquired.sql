-- Grain: one person, with the source its records name as the acquisition.
{{ config(materialized='view') }}

with persons as (
    select * from {{ ref('int_person__resolved') }}
),

named as (
    select
        person_id,
        {{ touch_word('acquisition_source') }} as touch_source,
        {{ medium_word('acquisition_medium') }} as touch_medium,
        {{ touch_word('acquisition_campaign') }} as touch_campaign,
        cast(null as {{ dbt.type_string() }}) as touch_content,
        cast(null as {{ dbt.type_string() }}) as touch_term
    from persons
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
