{#- A number as people write it, as decimal(18, 4), or null. -#}
{% macro parse_decimal(expr, decimal='point') %}
    {%- if decimal not in ('point', 'comma') -%}
        {{- exceptions.raise_compiler_error("parse_decimal: decimal must be point or comma, not " ~ decimal) -}}
    {%- endif -%}
    {{- return(adapter.dispatch('parse_decimal', 'customer_data_model')(expr, decimal)) -}}
{% endmacro %}

{% macro default__parse_decimal(expr, decimal) %}
    {{- unsupported_on_engine('parse_decimal') -}}
{% endmacro %}

{#- Grouping must be in threes: '1,23' under `point` is null and not 123. -#}
{% macro duckdb__parse_decimal(expr, decimal) %}
    {%- set bare -%}
        regexp_replace({{ expr }}, '[\p{Sc}\s\x{a0}\x{202f}'']', '', 'g')
    {%- endset -%}
    {%- if decimal == 'point' -%}
        try_cast(replace(regexp_extract(
            {{ bare }},
            '^[+-]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)?(?:\.[0-9]*)?(?:[eE][+-]?[0-9]+)?$'
        ), ',', '') as decimal(18, 4))
    {%- else -%}
        try_cast(replace(replace(regexp_extract(
            {{ bare }},
            '^[+-]?(?:[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]+)?(?:,[0-9]*)?$'
        ), '.', ''), ',', '.') as decimal(18, 4))
    {%- endif -%}
{% endmacro %}
