{# All columns of a state as one text, so that two states are compared at once. #}
{% macro state_key(columns) -%}
    {% for column in columns -%}
    {{ " || '|' || " if not loop.first -}}
    coalesce(cast({{ column }} as {{ dbt.type_string() }}), '')
    {%- endfor %}
{%- endmacro %}
