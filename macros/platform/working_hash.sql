{#- A hash as a bigint, of a text or of a list of columns, as cheap as the engine has one. Engines and
    versions differ in it, so it is for work tables, and for fingerprints where another one costs time and
    not truth. Whoever needs one per text counts collisions. -#}
{% macro working_hash(expr) %}
    {{- return(adapter.dispatch('working_hash', 'customer_data_model')(expr)) -}}
{% endmacro %}

{% macro default__working_hash(expr) -%}
    {{ hash_to_bigint(joined_columns(expr)) }}
{%- endmacro %}

{% macro duckdb__working_hash(expr) -%}
    cast(hash({{ expr if expr is string else expr | join(', ') }}) >> 1 as bigint)
{%- endmacro %}

{% macro postgres__working_hash(expr) -%}
    hashtextextended({{ joined_columns(expr) }}, 0)
{%- endmacro %}

{% macro spark__working_hash(expr) -%}
    xxhash64({{ joined_columns(expr) }})
{%- endmacro %}
