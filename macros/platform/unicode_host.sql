{#- A host with its ASCII labels (xn--…) in letters. For tables only; see phone_e164. -#}
{% macro unicode_host(expr) %}
    {{- return(adapter.dispatch('unicode_host', 'customer_data_model')(expr)) -}}
{% endmacro %}

{% macro default__unicode_host(expr) -%}
    {{ expr }}
{%- endmacro %}

{% macro duckdb__unicode_host(expr) -%}
    case when {{ expr }} like '%xn--%' then cdm_unicode_host({{ expr }}) else {{ expr }} end
{%- endmacro %}
