-- Grain: one change of what a browser may store of one category, as the consent object of Segment's
-- calls tells it; the first answer is a change too.
{{ config(materialized='view') }}

with calls as (
    {%- for call in ['track', 'event_table', 'page', 'screen', 'identify', 'group', 'alias'] %}
    select
        {{ provenance('segment', call, record_id='id', derived=true) }},
        {{ 'coalesce(previous_id, anonymous_id)' if call == 'alias' else 'anonymous_id' }} as browser,
        user_id,
        reckoned_at,
        context_consent_category_preferences
    from {{ landed_rows(ref('stg_segment__' ~ call)) }} as landed
    where context_consent_category_preferences is not null
    {{ 'union all' if not loop.last }}
    {%- endfor %}
),

preferences as (
    {{ json_items('calls', 'context_consent_category_preferences') }}
),

answered as (
    select
        {{ provenance_columns() | reject('equalto', 'source_record_id') | join(', ') }},
        source_record_id || ':' || item_name as source_record_id,
        browser as contact_point,
        case when browser is null then user_id end as person_record_id,
        item_name as purpose,
        case
            when {{ parse_boolean('item') }} then 'yes'
            when not {{ parse_boolean('item') }} then 'no'
            else lower(item)
        end as answer,
        reckoned_at as captured_at
    from preferences
    where coalesce(browser, user_id) is not null
)

{{ consent_signals('consent_object') }}
