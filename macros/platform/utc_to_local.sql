{#- A UTC timestamp as the wall clock of a zone; the zone is an SQL expression. -#}
{% macro utc_to_local(timestamp, time_zone) %}
    {{- return(adapter.dispatch('utc_to_local', 'customer_data_model')(timestamp, time_zone)) -}}
{% endmacro %}

{% macro default__utc_to_local(timestamp, time_zone) -%}
    (({{ timestamp }}) at time zone 'UTC') at time zone {{ time_zone }}
{%- endmacro %}

{% macro spark__utc_to_local(timestamp, time_zone) -%}
    from_utc_timestamp({{ timestamp }}, {{ time_zone }})
{%- endmacro %}
