{# What the tables of events were built from last, as a CTE body; nothing before the first build. #}
{% macro inputs_built_before() -%}
    {%- set built = built_inputs(ref('int_event__checked')) -%}
    {%- if execute and load_relation(built) is not none -%}
    select kind, source_system, link_key, value from {{ built }}
    {%- else -%}
    select kind, source_system, link_key, value from inputs where 1 = 0
    {%- endif -%}
{%- endmacro %}
