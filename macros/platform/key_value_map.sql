{#- A JSON list of {key, value: {string_value, …}}, parsed once a row; read it with map_text. -#}
{% macro key_value_map(expr) %}
    {{- return(adapter.dispatch('key_value_map', 'customer_data_model')(expr)) -}}
{% endmacro %}

{% macro default__key_value_map(expr) -%}
    {{ unsupported_on_engine('key_value_map') }}
{%- endmacro %}

{#-
    Two lists, not a map: a repeated or missing key would stop the build of a map, and a look-up
    in it costs twice as much.
-#}
{% macro duckdb__key_value_map(expr) -%}
    list_transform(
        [try(from_json({{ expr }}, '[{"key": "VARCHAR", "value": {
            "string_value": "VARCHAR", "int_value": "VARCHAR",
            "float_value": "VARCHAR", "double_value": "VARCHAR"
        }}]'))],
        lambda pairs: struct_pack(
            keys := list_transform(pairs, lambda pair: pair.key),
            texts := list_transform(pairs, lambda pair: coalesce(
                pair.value.string_value, pair.value.int_value,
                pair.value.float_value, pair.value.double_value
            ))
        )
    )[1]
{%- endmacro %}
