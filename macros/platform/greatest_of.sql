{#- The greatest non-null of a list of expressions; null when all are null. -#}
{% macro greatest_of(exprs) %}
    {{- return(adapter.dispatch('greatest_of', 'customer_data_model')(exprs)) -}}
{% endmacro %}

{% macro default__greatest_of(exprs) -%}
    greatest({{ exprs | join(', ') }})
{%- endmacro %}
