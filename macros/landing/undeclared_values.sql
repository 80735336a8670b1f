{# The undeclared columns of a row as one JSON text; null where all are empty. Reads the columns of
   landing_scan's inner query. #}
{% macro undeclared_values(columns) -%}
    {%- set members = {} -%}
    {%- for column in columns -%}
        {%- do members.update({column.name: blank_to_null('_undeclared_' ~ loop.index)}) -%}
    {%- endfor -%}
    {{ json_object(members) }}
{%- endmacro %}
