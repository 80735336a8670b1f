{# How many open stretches a UTC day may have. A check stops the build where a day has more. #}
{% macro business_slots() -%}
    {{ return(range(1, 5)) }}
{%- endmacro %}
