{# The moment from which seconds are counted where only differences matter. #}
{% macro epoch() -%}
    cast('1970-01-01 00:00:00' as {{ dbt.type_timestamp() }})
{%- endmacro %}
