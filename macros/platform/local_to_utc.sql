{#- A wall-clock timestamp of a zone as a UTC timestamp; the zone is an SQL expression. -#}
{% macro local_to_utc(timestamp, time_zone) %}
    {{- return(adapter.dispatch('local_to_utc', 'customer_data_model')(timestamp, time_zone)) -}}
{% endmacro %}

{% macro default__local_to_utc(timestamp, time_zone) -%}
    (({{ timestamp }}) at time zone {{ time_zone }}) at time zone 'UTC'
{%- endmacro %}

{% macro spark__local_to_utc(timestamp, time_zone) -%}
    to_utc_timestamp({{ timestamp }}, {{ time_zone }})
{%- endmacro %}
