{# The undeclared columns of a row as one JSON text; null where all are empty. #}
{% macro undeclared_values(columns) -%}
    {%- set members, filled = {}, blank_to_null('<value>') -%}
    {%- for column in columns -%}
        {%- do members.update({column.name: filled | replace('<value>', column.expression)}) -%}
    {%- endfor -%}
    {{ json_object(members) }}
{%- endmacro %}
