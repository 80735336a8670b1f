-- Grain: one raw row of HubSpot's form submissions or e-mail events, as an event.
{{ config(materialized='view') }}

-- Where a loader does not name the contact, it has the list of what was filled in.
select
    {{ provenance(
        'hubspot', 'contact_form_submission', record_id='coalesce(conversion_id, _content_hash)'
    ) }},
    'form_submission' as event_name,
    timestamp as event_at,
    contact_id as person_record_id,
    {{ regex_extract('submitted_values', '"name" *: *"email"[^}]*"value" *: *"([^"]+)"') }}
        as email,
    {{ url_without_identifiers('page_url') }} as page_location,
    {{ regex_extract('page_url', '[?&]utm_source=([^&#]+)') }} as source,
    {{ regex_extract('page_url', '[?&]utm_medium=([^&#]+)') }} as medium,
    {{ regex_extract('page_url', '[?&]utm_campaign=([^&#]+)') }} as campaign,
    {{ regex_extract('page_url', '[?&]utm_content=([^&#]+)') }} as content,
    {{ regex_extract('page_url', '[?&]utm_term=([^&#]+)') }} as term,
    {{ regex_extract('page_url', '[?&]gclid=([^&#]+)') }} as click_id,
    cast(null as {{ dbt.type_string() }}) as campaign_record_id,
    {{ json_object({'form_id': 'form_id', 'title': 'title', 'page_id': 'page_id'}) }} as properties
from {{ ref('stg_hubspot__contact_form_submission') }}

union all

-- HubSpot marks the opens and clicks that it takes for those of a machine.
select
    {{ provenance('hubspot', 'email_event', record_id='id') }},
    'email_' || lower(type),
    created,
    null,
    recipient,
    {{ url_without_identifiers('url') }},
    'hubspot',
    'email',
    null,
    null,
    null,
    null,
    email_campaign_id,
    {{ json_object({
        'traffic_type': "case when filtered_event then 'bot' end",
        'sent_by_id': 'sent_by_id',
    }) }}
from {{ ref('stg_hubspot__email_event') }}
