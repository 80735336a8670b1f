{#- Text without combining marks: 'Müller' becomes 'Muller'; letters such as ø and ł stay. -#}
{% macro strip_accents(expr) %}
    {{- return(adapter.dispatch('strip_accents', 'customer_data_model')(expr)) -}}
{% endmacro %}

{% macro default__strip_accents(expr) -%}
    {{ unsupported_on_engine('strip_accents') }}
{%- endmacro %}

{% macro duckdb__strip_accents(expr) -%}
    strip_accents({{ expr }})
{%- endmacro %}

{% macro postgres__strip_accents(expr) -%}
    normalize(regexp_replace(normalize({{ expr }}, nfd), '[\u0300-\u036f]', '', 'g'), nfc)
{%- endmacro %}
