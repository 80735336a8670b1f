{# Query: how many rows the table of the model at hand shall have: of judged events as many as are mapped,
   of canonical ones as many as are located; null of any other, of which nothing is known. #}
{% macro rows_in_all() -%}
    {%- set sources = {'int_event__checked': 'int_event__records', 'event': 'int_event__located'} -%}
    {%- if model.name in sources -%}
        select count(*) from {{ ref(sources[model.name]) }}
    {%- else -%}
        select cast(null as {{ dbt.type_bigint() }})
    {%- endif -%}
{%- endmacro %}
