{# The text before the first separator, or all of it. #}
{% macro first_part(expr, separator) -%}
    nullif({{ dbt.split_part(expr, "'" ~ separator ~ "'", 1) }}, '')
{%- endmacro %}
