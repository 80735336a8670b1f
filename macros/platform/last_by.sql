{#- Aggregate: the last non-null value in the order of keys that together never stand twice. -#}
{% macro last_by(value, keys) %}
    {{- return(adapter.dispatch('last_by', 'customer_data_model')(value, keys)) -}}
{% endmacro %}

{% macro default__last_by(value, keys) -%}
    {{ unsupported_on_engine('last_by') }}
{%- endmacro %}

{#- By a key of bytes; see first_by. -#}
{% macro duckdb__last_by(value, keys) -%}
    arg_max({{ value }}, create_sort_key({{ keys | join(", 'asc nulls last', ") }}, 'asc nulls last'))
{%- endmacro %}

{% macro postgres__last_by(value, keys) -%}
    (array_agg({{ value }} order by {% for key in keys %}{{ key }} desc{{ ', ' if not loop.last }}{% endfor %}) filter (where {{ value }} is not null))[1]
{%- endmacro %}

{% macro spark__last_by(value, keys) -%}
    max_by({{ value }}, case when {{ value }} is not null then struct({{ keys | join(', ') }}) end)
{%- endmacro %}
