{# The properties of a track call joined to its details: name in the event's JSON to expression. #}
{% macro segment_detailed() -%}
    {%- set detailed = {} -%}
    {%- for name, column in segment_properties().items() -%}
        {%- do detailed.update({name: 'coalesce(' ~ column ~ ', detail_' ~ column ~ ')'}) -%}
    {%- endfor -%}
    {{ return(detailed) }}
{%- endmacro %}
