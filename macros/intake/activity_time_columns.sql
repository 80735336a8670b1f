{# The raw columns that say when an activity happened, in all connectors. #}
{% macro activity_time_columns() -%}
    {{ return([
        'occurred_at', 'timestamp', 'hs_timestamp', 'start_time', 'hs_meeting_start_time',
        'hs_task_completion_date', 'hs_createdate',
    ]) }}
{%- endmacro %}
