-- Grain: one row per row of stg_snowplow__event.
{{ config(materialized='view') }}

{% set address, fields = [
    "case when page_url like '%?%' then page_url
        else page_url || coalesce('?' || ltrim(page_urlquery, '?'), '') end",
    snowplow_value('told', 'elements'),
] %}

with events as (
    {{ snowplow_events() }}
)

-- Of what was filled into a form, the address and the box for consent leave staging.
select
    {{ provenance('snowplow', 'event', record_id='event_id') }},
    name as event_name,
    coalesce(dvce_created_tstamp, derived_tstamp, collector_tstamp) as event_at,
    case when dvce_created_tstamp is not null then dvce_sent_tstamp end as sent_at,
    collector_tstamp as received_at,
    browser as anonymous_id,
    user_id,
    user_id as person_record_id,
    {{ regex_extract(fields, '(?i)"name" *: *"(?:(?:your|work|business)[-_ ]?)?e[-_]?mail'
        ~ '(?:[-_ ]?address)?"[^}]*"value" *: *"([^"@]+@[^"@]+)"') }} as email,
    visit as session_key,
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
        'form_id': snowplow_value('told', 'formId'),
        'consent': regex_extract(fields, '(?i)"name" *: *"(?:marketing[-_])?consent"[^}]*"value" *: *"([^"]+)"'),
        'link_url': url_without_identifiers(snowplow_value('told', 'targetUrl')),
        'traffic_type': "case when " ~ snowplow_value('told_robot', 'spiderOrRobot')
            ~ " = 'true' then 'bot' else traffic_type end",
    }) }} as properties
from events
