{# The nth of what the column `part`, a statement of a TC string, has between its bars; null where
   nothing is there. #}
{% macro tc_part(number) -%}
    nullif({{ dbt.split_part('part', "'|'", number) }}, '')
{%- endmacro %}
