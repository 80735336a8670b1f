{#- Text that starts with a date in day or month order, rewritten to start with an ISO date. -#}
{% macro iso_date_order(expr, date_order) %}
    {%- if date_order == 'ymd' -%}
        {{ expr }}
    {%- elif date_order == 'dmy' -%}
        {{ regex_replace(expr, '^([0-9]{1,2})[./-]([0-9]{1,2})[./-]([0-9]{4})', '\\3-\\2-\\1') }}
    {%- elif date_order == 'mdy' -%}
        {{ regex_replace(expr, '^([0-9]{1,2})[./-]([0-9]{1,2})[./-]([0-9]{4})', '\\3-\\1-\\2') }}
    {%- else -%}
        {{- exceptions.raise_compiler_error("date_order must be ymd, dmy or mdy, not " ~ date_order) -}}
    {%- endif -%}
{% endmacro %}
