{# The parameters of GA4's events that are taken over, each in a column `the_<key>`, as columns of a
   select: from the object that staging keeps them in, which the engine parses once for all of them,
   or from the column param_<key> that a loader gave it, where the landed table `relation` has it. #}
{% macro ga4_parameters(kept, relation) -%}
    {%- set keys = [
        'ga_session_id', 'ga_session_number', 'page_location', 'page_referrer', 'source', 'medium',
        'campaign', 'content', 'term', 'gclid', 'engagement_time_msec', 'session_engaged',
        'percent_scrolled', 'video_percent', 'link_url', 'file_name', 'form_id', 'form_name', 'value',
        'currency', 'transaction_id', 'traffic_type', 'intent', 'video_title', 'outbound', 'method',
        'lead_source',
    ] -%}
    {%- set parameters = json_texts(kept, keys) -%}
    {%- set absent = absent_columns(relation) | map(attribute='name') | list -%}
    {%- for key in keys %}
    {{ text_of(parameters, key) if 'param_' ~ key in absent
        else 'coalesce(param_' ~ key ~ ', ' ~ text_of(parameters, key) ~ ')' }} as the_{{ key }}
    {{- ',' if not loop.last }}
    {%- endfor %}
{%- endmacro %}
