{#- The texts of some members of a JSON object, parsed once a row; read them with text_of. -#}
{% macro json_texts(expr, names) %}
    {{- return(adapter.dispatch('json_texts', 'customer_data_model')(expr, names)) -}}
{% endmacro %}

{% macro default__json_texts(expr, names) -%}
    {{ expr }}
{%- endmacro %}

{% macro duckdb__json_texts(expr, names) -%}
    try(from_json({{ expr }}, '{
        {%- for name in names %}"{{ name }}": "VARCHAR"{{ ', ' if not loop.last }}{% endfor -%}
    }'))
{%- endmacro %}
