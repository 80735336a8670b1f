-- Grain: one row per row of stg_ga4__event.
{{ config(materialized='view') }}

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
    user_pseudo_id || ':' || ga_session_id as session_key,
    {{ url_without_identifiers('page_location') }} as page_location,
    {{ url_without_identifiers('page_referrer') }} as referrer,
    coalesce(collected_traffic_source_manual_source, source) as source,
    coalesce(collected_traffic_source_manual_medium, medium) as medium,
    coalesce(collected_traffic_source_manual_campaign_name, campaign) as campaign,
    coalesce(collected_traffic_source_manual_content, content) as content,
    coalesce(collected_traffic_source_manual_term, term) as term,
    coalesce(collected_traffic_source_gclid, gclid, {{ click_id('page_location') }}) as click_id,
    case when coalesce(collected_traffic_source_gclid, gclid) is null then
        {{ click_id('page_location', 1) }}
    end as click_id_type,
    {{ json_object({
        'platform': 'platform',
        'device_category': 'device_category',
        'country': 'geo_country',
        'hostname': 'event_dimensions_hostname',
        'session_number': 'ga_session_number',
        'session_engaged': 'session_engaged',
        'engagement_time_msec': 'engagement_time_msec',
        'percent_scrolled': 'percent_scrolled',
        'video_percent': 'video_percent',
        'video_title': 'video_title',
        'link_url': url_without_identifiers('link_url'),
        'outbound': 'outbound',
        'file_name': 'file_name',
        'form_id': 'form_id',
        'form_name': 'form_name',
        'lead_source': 'lead_source',
        'method': 'method',
        'value': 'value',
        'currency': 'currency',
        'transaction_id': 'coalesce(ecommerce_transaction_id, transaction_id)',
        'traffic_type': 'traffic_type',
        'intent': 'intent',
    }) }} as properties
from {{ ref('stg_ga4__event') }}
