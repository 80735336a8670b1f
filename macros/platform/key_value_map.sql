{#- A JSON list of {key, value: {string_value, int_value, float_value, double_value}}, parsed once for map_text. -#}
{% macro key_value_map(expr) %}
    {{- return(adapter.dispatch('key_value_map', 'customer_data_model')(expr)) -}}
{% endmacro %}

{% macro default__key_value_map(expr) -%}
    {{ unsupported_on_engine('key_value_map') }}
{%- endmacro %}

{#- A list, not a map type: a repeated or missing key would make building a map fail. -#}
{% macro duckdb__key_value_map(expr) -%}
    try(from_json({{ expr }}, '[{"key": "VARCHAR", "value": {
        "string_value": "VARCHAR", "int_value": "VARCHAR",
        "float_value": "VARCHAR", "double_value": "VARCHAR"
    }}]'))
{%- endmacro %}
