{# What a call of Segment says, in the columns of an event. `page`, `referrer` and `email` are what the
   kind of call has of them, as expressions; `browser` is the id of the browser that is spoken of;
   `properties` is a list of names to expressions. #}
{% macro segment_call(event_name, page='context_page_url', referrer='context_page_referrer', properties={}, email='null', browser='anonymous_id') -%}
    {{ event_name }} as event_name,
    coalesce(original_timestamp, reckoned_at) as event_at,
    case when original_timestamp is not null then sent_at end as sent_at,
    received_at,
    {{ browser }} as anonymous_id,
    user_id,
    user_id as person_record_id,
    {{ email }} as email,
    {{ url_without_identifiers(page) }} as page_location,
    {{ url_without_identifiers(referrer) }} as referrer,
    {%- for word in ['source', 'medium', 'name', 'content', 'term'] %}
    {%- set written = 'campaign' if word == 'name' else word %}
    coalesce(context_campaign_{{ word }}, {{ url_parameter(page, 'utm_' ~ written) }}) as {{ written }},
    {%- endfor %}
    {{ click_id(page) }} as click_id,
    {{ click_id(page, 1) }} as click_id_type,
    context_user_agent as user_agent,
    {{ json_object(dict(properties, traffic_type='context_traffic_type')) }} as properties
{%- endmacro %}
