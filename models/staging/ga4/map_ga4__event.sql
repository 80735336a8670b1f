-- Grain: one row per row of stg_ga4__event.
{{ config(materialized='view') }}

with events as (
    select *, {{ ga4_parameters('event_params', ref('stg_ga4__event')) }}
    from {{ landed_rows(ref('stg_ga4__event')) }} as landed
)

-- GA4 gives events no id. Its batch numbers name an event within a browser; where they are missing,
-- the whole content does, so that the same delivery twice is one event and two clicks stay two.
select
    {{ provenance(
        'ga4', 'event',
        record_id=surrogate_key('event', [
            row_salt(),
            'user_pseudo_id', 'event_name', 'event_bundle_sequence_id', 'batch_page_id',
            'batch_ordering_id', 'batch_event_index',
            seconds_between("cast('1970-01-01' as timestamp)", 'event_timestamp'),
            'case when user_pseudo_id is null or event_timestamp is null
                or batch_event_index is null then _content_hash end',
        ])
    ) }},
    event_name,
    event_timestamp as event_at,
    {{ add_microseconds('event_timestamp', 'event_server_timestamp_offset') }} as received_at,
    user_pseudo_id as anonymous_id,
    user_id,
    user_id as person_record_id,
    user_pseudo_id || ':' || the_ga_session_id as session_key,
    {{ url_without_identifiers('the_page_location') }} as page_location,
    {{ url_without_identifiers('the_page_referrer') }} as referrer,
    coalesce(collected_traffic_source_manual_source, the_source) as source,
    coalesce(collected_traffic_source_manual_medium, the_medium) as medium,
    coalesce(collected_traffic_source_manual_campaign_name, the_campaign) as campaign,
    coalesce(collected_traffic_source_manual_content, the_content) as content,
    coalesce(collected_traffic_source_manual_term, the_term) as term,
    coalesce(collected_traffic_source_gclid, the_gclid, {{ click_id('the_page_location') }})
        as click_id,
    case when coalesce(collected_traffic_source_gclid, the_gclid) is null then
        {{ click_id('the_page_location', 1) }}
    end as click_id_type,
    {{ json_object({
        'platform': 'platform', 'device_category': 'device_category', 'country': 'geo_country',
        'hostname': 'event_dimensions_hostname',
        'session_number': 'the_ga_session_number',
        'session_engaged': 'the_session_engaged',
        'engagement_time_msec': 'the_engagement_time_msec',
        'percent_scrolled': 'the_percent_scrolled',
        'video_percent': 'the_video_percent', 'video_title': 'the_video_title',
        'link_url': url_without_identifiers('the_link_url'),
        'outbound': 'the_outbound', 'file_name': 'the_file_name',
        'form_id': 'the_form_id', 'form_name': 'the_form_name',
        'lead_source': 'the_lead_source', 'method': 'the_method',
        'value': 'the_value', 'currency': 'the_currency',
        'transaction_id': 'coalesce(ecommerce_transaction_id, the_transaction_id)',
        'traffic_type': 'the_traffic_type', 'intent': 'the_intent',
    }, first_is_common=true) }} as properties
from events
