{#- The moment of a number of seconds, milliseconds or microseconds since 1970, told by its digits (10, 13 or
    16); null for any other number and beyond the year 2200. -#}
{% macro epoch_timestamp(number) %}
    {{- return(adapter.dispatch('epoch_timestamp', 'customer_data_model')(number)) -}}
{% endmacro %}

{% macro default__epoch_timestamp(number) -%}
    {{ unsupported_on_engine('epoch_timestamp') }}
{%- endmacro %}

{% macro duckdb__epoch_timestamp(number) -%}
    make_timestamp(case
        when {{ number }} between 1000000000000000 and 7289654399999999 then {{ number }}
        when {{ number }} between 1000000000000 and 7289654399999 then {{ number }} * 1000
        when {{ number }} between 1000000000 and 7289654399 then {{ number }} * 1000000
    end)
{%- endmacro %}
