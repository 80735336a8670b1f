{# The raw columns that say when an event happened, in all connectors. #}
{% macro event_time_columns() -%}
    {{ return([
        'event_timestamp', 'event_at', 'timestamp', 'occurred_at', 'event_date', 'created',
        'original_timestamp', 'reckoned_at', 'dvce_created_tstamp', 'derived_tstamp',
    ]) }}
{%- endmacro %}
