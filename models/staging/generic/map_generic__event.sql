-- Grain: one row per row of stg_generic__event, which is in canonical words already.
{{ config(materialized='view') }}

select
    {{ provenance(
        'generic', 'event',
        source_system='source_system',
        record_id='source_record_id',
        updated_at='updated_at',
        is_deleted='is_deleted'
    ) }},
    event_name,
    event_at,
    sent_at,
    received_at,
    anonymous_id,
    user_id,
    person_record_id,
    email,
    session_key,
    {{ url_without_identifiers('page_location') }} as page_location,
    {{ url_without_identifiers('referrer') }} as referrer,
    -- What the row does not say, the page's address may.
    {%- for word in ['source', 'medium', 'campaign', 'content', 'term'] %}
    coalesce({{ word }}, {{ url_parameter('page_location', 'utm_' ~ word) }}) as {{ word }},
    {%- endfor %}
    coalesce(click_id, {{ click_id('page_location') }}) as click_id,
    case when click_id is null then {{ click_id('page_location', 1) }} else click_id_type end
        as click_id_type,
    campaign_record_id,
    user_agent,
    properties
from {{ ref('stg_generic__event') }}
