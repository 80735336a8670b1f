{#- The place of a row in its landed table, for a stable order among equal rows. -#}
{% macro row_location() %}
    {{- return(adapter.dispatch('row_location', 'customer_data_model')()) -}}
{% endmacro %}

{% macro default__row_location() -%}
    {{ unsupported_on_engine('row_location') }}
{%- endmacro %}

{% macro duckdb__row_location() -%}
    rowid
{%- endmacro %}
