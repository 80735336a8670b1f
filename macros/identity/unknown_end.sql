{# The end of a period that has none yet, where it is compared and not shown. #}
{% macro unknown_end() -%}
    cast('9999-12-31 00:00:00' as {{ dbt.type_timestamp() }})
{%- endmacro %}
