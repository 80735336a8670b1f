{#- The first 60 bits of the text's md5 as a bigint of 0 or more, the same on every engine. -#}
{% macro hash_to_bigint(expr) %}
    {{- return(adapter.dispatch('hash_to_bigint', 'customer_data_model')(expr)) -}}
{% endmacro %}

{% macro default__hash_to_bigint(expr) -%}
    {{ unsupported_on_engine('hash_to_bigint') }}
{%- endmacro %}

{% macro duckdb__hash_to_bigint(expr) -%}
    cast('0x' || substr(md5({{ expr }}), 1, 15) as bigint)
{%- endmacro %}

{% macro postgres__hash_to_bigint(expr) -%}
    cast(cast('x' || substr(md5({{ expr }}), 1, 15) as bit(60)) as bigint)
{%- endmacro %}

{% macro spark__hash_to_bigint(expr) -%}
    cast(conv(substr(md5({{ expr }}), 1, 15), 16, 10) as bigint)
{%- endmacro %}
