{#- Aggregate: the last non-null value in the order of keys that together never stand twice. -#}
{% macro last_by(value, keys) %}
    {{- return(adapter.dispatch('last_by', 'customer_data_model')(value, keys)) -}}
{% endmacro %}

{% macro default__last_by(value, keys) -%}
    {{ unsupported_on_engine('last_by') }}
{%- endmacro %}

{% macro duckdb__last_by(value, keys) -%}
    arg_max({{ value }}, row({{ keys | join(', ') }}))
{%- endmacro %}

{% macro postgres__last_by(value, keys) -%}
    (array_agg({{ value }} order by {% for key in keys %}{{ key }} desc{{ ', ' if not loop.last }}{% endfor %}) filter (where {{ value }} is not null))[1]
{%- endmacro %}

{% macro spark__last_by(value, keys) -%}
    max_by({{ value }}, case when {{ value }} is not null then struct({{ keys | join(', ') }}) end)
{%- endmacro %}
