{#- The smallest non-null of a list of expressions; null when all are null. -#}
{% macro least_of(exprs) %}
    {{- return(adapter.dispatch('least_of', 'customer_data_model')(exprs)) -}}
{% endmacro %}

{% macro default__least_of(exprs) -%}
    least({{ exprs | join(', ') }})
{%- endmacro %}
