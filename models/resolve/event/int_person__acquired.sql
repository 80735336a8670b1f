-- Grain: one person, with the source its records name as the acquisition.
{{ config(materialized='view') }}

with written as (
    select
        person_id,
        {{ touch_word('acquisition_source') }} as source_word,
        {{ touch_word('acquisition_medium') }} as medium_word,
        {{ touch_word('acquisition_campaign') }} as campaign_word
    from {{ ref('int_person__resolved') }}
),

{{ named_touches() }}

select
    *,
    touch_source_id as acquisition_source_id
from named
