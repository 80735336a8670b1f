{#- True where the text is valid JSON, null for null. -#}
{% macro is_valid_json(expr) %}
    {{- return(adapter.dispatch('is_valid_json', 'customer_data_model')(expr)) -}}
{% endmacro %}

{% macro default__is_valid_json(expr) -%}
    {{ unsupported_on_engine('is_valid_json') }}
{%- endmacro %}

{% macro duckdb__is_valid_json(expr) -%}
    json_valid({{ expr }})
{%- endmacro %}
