{#- The value at a dotted path of JSON text, as text; null when absent, null or malformed. -#}
{% macro json_text(expr, path) %}
    {%- set path = path[2:] if path.startswith('$.') else path -%}
    {{- return(adapter.dispatch('json_text', 'customer_data_model')(expr, path)) -}}
{% endmacro %}

{% macro default__json_text(expr, path) -%}
    {{ unsupported_on_engine('json_text') }}
{%- endmacro %}

{% macro duckdb__json_text(expr, path) -%}
    try(json_extract_string({{ expr }}, '$."{{ path | replace("'", "''") | replace('.', '"."') }}"'))
{%- endmacro %}

{% macro spark__json_text(expr, path) -%}
    get_json_object({{ expr }}, '$.{{ path }}')
{%- endmacro %}
