{# The undeclared columns of a row as one JSON text; null where all are empty. #}
{% macro undeclared_values(columns) -%}
    {%- set members = {} -%}
    {%- for column in columns -%}
        {%- do members.update({column.name: blank_to_null(column.expression)}) -%}
    {%- endfor -%}
    {{ json_object(members) }}
{%- endmacro %}
