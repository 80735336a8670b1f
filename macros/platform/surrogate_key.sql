{#- A canonical id: the prefix, an underscore and the content_hash of the listed texts. -#}
{% macro surrogate_key(prefix, exprs) %}
    {{- return(adapter.dispatch('surrogate_key', 'customer_data_model')(prefix, exprs)) -}}
{% endmacro %}

{% macro default__surrogate_key(prefix, exprs) -%}
    '{{ prefix }}_' || {{ content_hash(exprs) }}
{%- endmacro %}
