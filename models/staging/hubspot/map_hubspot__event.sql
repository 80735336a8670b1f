-- Grain: one raw row of HubSpot's form submissions or e-mail events, as an event.
{{ config(materialized='view') }}

select
    {{ provenance('hubspot', 'contact_form_submission', record_id='coalesce(conversion_id, _content_hash)') }},
    'form_submission' as event_name,
    submitted_at as event_at,
    contact_id as person_record_id,
    -- Loaders that give no contact give the list of what was filled in.
    {{ regex_extract('submitted_values', '"name" *: *"email"[^}]*"value" *: *"([^"]+)"') }} as email,
    page_url as page_location,
    cast(null as {{ dbt.type_string() }}) as campaign_record_id,
    {{ json_object({'form_id': 'form_id', 'title': 'title', 'page_id': 'page_id'}) }} as properties
from {{ ref('stg_hubspot__contact_form_submission') }}

union all

select
    {{ provenance('hubspot', 'email_event', record_id='id') }},
    type as event_name,
    created as event_at,
    cast(null as {{ dbt.type_string() }}) as person_record_id,
    recipient as email,
    url as page_location,
    email_campaign_id as campaign_record_id,
    {{ json_object({'filtered_event': 'filtered_event', 'sent_by_id': 'sent_by_id'}) }} as properties
from {{ ref('stg_hubspot__email_event') }}
