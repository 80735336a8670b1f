{#- Text in Unicode normal form C. -#}
{% macro nfc(expr) %}
    {{- return(adapter.dispatch('nfc', 'customer_data_model')(expr)) -}}
{% endmacro %}

{% macro default__nfc(expr) -%}
    {{ unsupported_on_engine('nfc') }}
{%- endmacro %}

{% macro duckdb__nfc(expr) -%}
    nfc_normalize({{ expr }})
{%- endmacro %}

{% macro postgres__nfc(expr) -%}
    normalize({{ expr }}, nfc)
{%- endmacro %}
