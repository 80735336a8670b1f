-- Grain: one row per row of stg_snowplow__event.
{{ config(materialized='view') }}

{% set address, form, link = [
    "case when page_url like '%?%' then page_url
        else page_url || coalesce('?' || ltrim(page_urlquery, '?'), '') end",
    'unstruct_event_com_snowplowanalytics_snowplow_submit_form_1',
    'unstruct_event_com_snowplowanalytics_snowplow_link_click_1',
] %}

select
    {{ provenance('snowplow', 'event', record_id='event_id') }},
    case when event = 'struct' then se_action else coalesce(event_name, event) end as event_name,
    coalesce(dvce_created_tstamp, derived_tstamp, collector_tstamp) as event_at,
    case when dvce_created_tstamp is not null then dvce_sent_tstamp end as sent_at,
    collector_tstamp as received_at,
    coalesce(domain_userid, network_userid) as anonymous_id,
    user_id,
    user_id as person_record_id,
    domain_sessionid as session_key,
    {{ url_without_identifiers(address) }} as page_location,
    {{ url_without_identifiers('page_referrer') }} as referrer,
    mkt_source as source,
    mkt_medium as medium,
    mkt_campaign as campaign,
    mkt_content as content,
    mkt_term as term,
    coalesce(mkt_clickid, {{ click_id(address) }}) as click_id,
    coalesce(mkt_network, {{ click_id(address, 1) }}) as click_id_type,
    useragent as user_agent,
    {{ json_object({
        'platform': 'platform',
        'app_id': 'app_id',
        'device_category': 'dvce_type',
        'country': 'geo_country',
        'session_number': 'domain_sessionidx',
        'category': 'se_category',
        'value': 'coalesce(se_value, tr_total)',
        'currency': 'tr_currency',
        'transaction_id': 'tr_orderid',
        'form_id': 'coalesce(' ~ json_text(form, 'formId') ~ ', ' ~ json_text(form, 'form_id') ~ ')',
        'link_url': url_without_identifiers(json_text(link, 'targetUrl')),
        'traffic_type': 'traffic_type',
    }) }} as properties
from {{ ref('stg_snowplow__event') }}
