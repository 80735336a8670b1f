-- Grain: one row per raw row of GA4's event export.
{{ config(
    materialized='incremental', incremental_strategy='append', on_schema_change='append_new_columns'
) }}

{% set parameters = key_value_map('event_params') %}

with landed as (
    {{ land('ga4', 'event') }}
)

-- The export keeps all parameters in one list, which the engine parses once for all lines below.
-- A loader may give each parameter a column param_<key> instead.
select
    landed.*,
    coalesce(param_ga_session_id, {{ map_text(parameters, 'ga_session_id') }}) as ga_session_id,
    coalesce(param_ga_session_number, {{ map_text(parameters, 'ga_session_number') }})
        as ga_session_number,
    coalesce(param_page_location, {{ map_text(parameters, 'page_location') }}) as page_location,
    coalesce(param_page_referrer, {{ map_text(parameters, 'page_referrer') }}) as page_referrer,
    coalesce(param_source, {{ map_text(parameters, 'source') }}) as source,
    coalesce(param_medium, {{ map_text(parameters, 'medium') }}) as medium,
    coalesce(param_campaign, {{ map_text(parameters, 'campaign') }}) as campaign,
    coalesce(param_content, {{ map_text(parameters, 'content') }}) as content,
    coalesce(param_term, {{ map_text(parameters, 'term') }}) as term,
    coalesce(param_gclid, {{ map_text(parameters, 'gclid') }}) as gclid,
    coalesce(param_engagement_time_msec, {{ map_text(parameters, 'engagement_time_msec') }})
        as engagement_time_msec,
    coalesce(param_session_engaged, {{ map_text(parameters, 'session_engaged') }})
        as session_engaged,
    coalesce(param_percent_scrolled, {{ map_text(parameters, 'percent_scrolled') }})
        as percent_scrolled,
    coalesce(param_video_percent, {{ map_text(parameters, 'video_percent') }}) as video_percent,
    coalesce(param_link_url, {{ map_text(parameters, 'link_url') }}) as link_url,
    coalesce(param_file_name, {{ map_text(parameters, 'file_name') }}) as file_name,
    coalesce(param_form_id, {{ map_text(parameters, 'form_id') }}) as form_id,
    coalesce(param_form_name, {{ map_text(parameters, 'form_name') }}) as form_name,
    coalesce(param_value, {{ map_text(parameters, 'value') }}) as value,
    coalesce(param_currency, {{ map_text(parameters, 'currency') }}) as currency,
    coalesce(param_transaction_id, {{ map_text(parameters, 'transaction_id') }}) as transaction_id,
    coalesce(param_traffic_type, {{ map_text(parameters, 'traffic_type') }}) as traffic_type,
    coalesce(param_intent, {{ map_text(parameters, 'intent') }}) as intent,
    coalesce(param_video_title, {{ map_text(parameters, 'video_title') }}) as video_title,
    coalesce(param_outbound, {{ map_text(parameters, 'outbound') }}) as outbound,
    coalesce(param_method, {{ map_text(parameters, 'method') }}) as method,
    coalesce(param_lead_source, {{ map_text(parameters, 'lead_source') }}) as lead_source
from landed
