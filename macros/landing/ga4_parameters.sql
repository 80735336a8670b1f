{# The parameters of GA4's events that are taken over, each in a column `the_<key>`, as columns of a
   select: from the list that the export keeps them in, which the engine parses once for all of them,
   or from the column param_<key> that a loader gave it. #}
{% macro ga4_parameters(listed) -%}
    {%- set parameters = key_value_map(listed) -%}
    {%- for key in [
        'ga_session_id', 'ga_session_number', 'page_location', 'page_referrer', 'source', 'medium',
        'campaign', 'content', 'term', 'gclid', 'engagement_time_msec', 'session_engaged',
        'percent_scrolled', 'video_percent', 'link_url', 'file_name', 'form_id', 'form_name', 'value',
        'currency', 'transaction_id', 'traffic_type', 'intent', 'video_title', 'outbound', 'method',
        'lead_source',
    ] %}
    coalesce(param_{{ key }}, {{ map_text(parameters, key) }}) as the_{{ key }}{{ ',' if not loop.last }}
    {%- endfor %}
{%- endmacro %}
