{# The system that a record key names: what stands before its first colon. #}
{% macro record_system(record_key) -%}
    substr({{ record_key }}, 1, {{ string_position("':'", record_key) }} - 1)
{%- endmacro %}
