{# What the tables of events were built from last, as a CTE body; nothing before the first build, and where
   an older version kept it, which did not tell periods apart. #}
{% macro inputs_built_before() -%}
    {%- set built = load_relation(built_inputs(ref('int_event__checked'))) if execute else none -%}
    {%- set names = adapter.get_columns_in_relation(built) | map(attribute='name') | list if built else [] -%}
    {%- if 'linked_from' in names -%}
    select kind, source_system, link_key, value, linked_from, linked_until from {{ built }}
    {%- else -%}
    select kind, source_system, link_key, value, linked_from, linked_until from inputs where 1 = 0
    {%- endif -%}
{%- endmacro %}
