{#- Place of the first text inside the second, counted from 1; 0 when absent. -#}
{% macro string_position(needle, haystack) %}
    {{- return(adapter.dispatch('string_position', 'customer_data_model')(needle, haystack)) -}}
{% endmacro %}

{% macro default__string_position(needle, haystack) -%}
    {{ dbt.position(needle, haystack) }}
{%- endmacro %}
