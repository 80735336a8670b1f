{#- A timestamp moved by a number of microseconds that may be beyond 32 bits. -#}
{% macro add_microseconds(moment, microseconds) %}
    {{- return(adapter.dispatch('add_microseconds', 'customer_data_model')(moment, microseconds)) -}}
{% endmacro %}

{% macro default__add_microseconds(moment, microseconds) -%}
    {{ moment }} + (interval '1' second) * (({{ microseconds }}) / 1000000.0)
{%- endmacro %}

{% macro duckdb__add_microseconds(moment, microseconds) -%}
    make_timestamp(epoch_us({{ moment }}) + cast({{ microseconds }} as bigint))
{%- endmacro %}

{% macro spark__add_microseconds(moment, microseconds) -%}
    timestamp_micros(unix_micros({{ moment }}) + cast({{ microseconds }} as bigint))
{%- endmacro %}
