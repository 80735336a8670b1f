{#-
    A list of {key, value: {string_value, int_value, float_value, double_value}} as the text of one
    JSON object, each value as text. `listed` is the list as JSON text, which stays as it is where it
    is no such list; `nested` is the list itself, where the engine holds it as one.
-#}
{% macro key_values(listed, nested=none) %}
    {{- return(adapter.dispatch('key_values', 'customer_data_model')(listed, nested)) -}}
{% endmacro %}

{% macro default__key_values(listed, nested) -%}
    {{ unsupported_on_engine('key_values') }}
{%- endmacro %}

{% macro duckdb__key_values(listed, nested) -%}
    {%- set parsed -%}
        try(from_json({{ listed }}, '[{"key": "VARCHAR", "value": {
            "string_value": "VARCHAR", "int_value": "VARCHAR",
            "float_value": "VARCHAR", "double_value": "VARCHAR"
        }}]'))
    {%- endset -%}
    coalesce('{' || array_to_string(list_transform({{ nested or parsed }}, lambda pair: concat(
        to_json(coalesce(pair.key, '')), ':', coalesce(to_json(coalesce(
            pair.value.string_value, cast(pair.value.int_value as varchar),
            cast(pair.value.float_value as varchar), cast(pair.value.double_value as varchar)
        )), 'null')
    )), ',') || '}', {{ listed }})
{%- endmacro %}
