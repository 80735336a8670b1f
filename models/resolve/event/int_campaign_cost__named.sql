-- Grain: one statement of what a campaign cost, in the words in which touches are compared.
{{ config(materialized='view') }}

with written as (
    select
        *,
        {{ touch_word('source') }} as source_word,
        {{ touch_word('medium') }} as medium_word,
        {{ touch_word('campaign') }} as campaign_word
    from {{ ref('int_campaign_cost__checked') }}
    where is_current and not is_deleted
),

{{ named_touches() }}

select
    *,
    touch_source_id as source_id
from named
