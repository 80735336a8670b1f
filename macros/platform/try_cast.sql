{#- Text as one of our types, or null when it does not read as one. -#}
{% macro try_cast(expr, type) %}
    {%- if type in ('string', 'json') -%}
        cast({{ expr }} as {{ sql_type(type) }})
    {%- elif type == 'boolean' -%}
        {{ parse_boolean(expr) }}
    {%- elif type == 'timestamp' -%}
        {{ parse_timestamp(expr) }}
    {%- elif type == 'date' -%}
        {{ parse_date(expr) }}
    {%- else -%}
        {{- return(adapter.dispatch('try_cast', 'customer_data_model')(expr, type)) -}}
    {%- endif -%}
{% endmacro %}

{% macro default__try_cast(expr, type) %}
    {{- unsupported_on_engine('try_cast to ' ~ type) -}}
{% endmacro %}

{#- DuckDB rounds '12.5' to 13 and reads '0x1f' and '1_000': the pattern keeps to plain digits. -#}
{% macro duckdb__try_cast(expr, type) %}
    {%- if type in ('int', 'bigint') -%}
        try_cast(case
            when regexp_matches({{ expr }}, '^[+-]?[0-9]+$') then {{ expr }}
            else regexp_extract({{ expr }}, '^([+-]?[0-9]+)\.0*$', 1)
        end as {{ sql_type(type) }})
    {%- else -%}
        try_cast(
            regexp_extract(
                {{ expr }}, '^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$'
            ) as {{ sql_type(type) }}
        )
    {%- endif -%}
{% endmacro %}
