{# The start of a period that nobody knows the start of; a key cannot be null. #}
{% macro unknown_start() -%}
    cast('1970-01-01 00:00:00' as {{ dbt.type_timestamp() }})
{%- endmacro %}
