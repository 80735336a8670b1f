{#- The value of one key of a key_value_map as text: the first non-null of string, int, float, double. -#}
{% macro map_text(map, key) %}
    {{- return(adapter.dispatch('map_text', 'customer_data_model')(map, key)) -}}
{% endmacro %}

{% macro default__map_text(map, key) -%}
    {{ unsupported_on_engine('map_text') }}
{%- endmacro %}

{% macro duckdb__map_text(map, key) -%}
    list_transform(
        list_filter({{ map }}, lambda pair: pair.key = '{{ key | replace("'", "''") }}'),
        lambda pair: coalesce(
            pair.value.string_value, pair.value.int_value,
            pair.value.float_value, pair.value.double_value
        )
    )[1]
{%- endmacro %}
