{#- Aggregate: exclusive or over integers. What stands twice cancels out, whatever the order. -#}
{% macro bits_differing(expr) %}
    {{- return(adapter.dispatch('bits_differing', 'customer_data_model')(expr)) -}}
{% endmacro %}

{% macro default__bits_differing(expr) -%}
    bit_xor({{ expr }})
{%- endmacro %}

{% macro snowflake__bits_differing(expr) -%}
    bitxor_agg({{ expr }})
{%- endmacro %}
