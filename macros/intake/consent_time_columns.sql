{# The raw columns that say when a consent was stated, in all connectors. #}
{% macro consent_time_columns() -%}
    {{ return([
        'captured_at', 'timestamp', 'timestamp_opt', 'timestamp_signup', 'last_changed', 'changed_at',
        'lastmodifieddate', 'created',
    ]) }}
{%- endmacro %}
