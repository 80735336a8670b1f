{#- Aggregate: the first non-null value in the order of keys that together never stand twice. -#}
{% macro first_by(value, keys) %}
    {{- return(adapter.dispatch('first_by', 'customer_data_model')(value, keys)) -}}
{% endmacro %}

{% macro default__first_by(value, keys) -%}
    {{ unsupported_on_engine('first_by') }}
{%- endmacro %}

{#- A key of bytes, made once for all values of a select, is compared in a third of the time of a row. -#}
{% macro duckdb__first_by(value, keys) -%}
    arg_min({{ value }}, create_sort_key({{ keys | join(", 'asc nulls last', ") }}, 'asc nulls last'))
{%- endmacro %}

{% macro postgres__first_by(value, keys) -%}
    (array_agg({{ value }} order by {% for key in keys %}{{ key }}{{ ', ' if not loop.last }}{% endfor %}) filter (where {{ value }} is not null))[1]
{%- endmacro %}

{% macro spark__first_by(value, keys) -%}
    min_by({{ value }}, case when {{ value }} is not null then struct({{ keys | join(', ') }}) end)
{%- endmacro %}
