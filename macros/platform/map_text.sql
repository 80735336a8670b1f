{#- The text of one key of a key_value_map, the first where it is repeated; null when absent. -#}
{% macro map_text(map, key) %}
    {{- return(adapter.dispatch('map_text', 'customer_data_model')(map, key)) -}}
{% endmacro %}

{% macro default__map_text(map, key) -%}
    {{ unsupported_on_engine('map_text') }}
{%- endmacro %}

{% macro duckdb__map_text(map, key) -%}
    ({{ map }}).texts[list_position(({{ map }}).keys, {{ text_literal(key) }})]
{%- endmacro %}
