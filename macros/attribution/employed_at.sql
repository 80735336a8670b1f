{# True where a row of `employers` holds at a moment. #}
{% macro employed_at(employers, moment) -%}
    (
        {{ employers }}.valid_from <= {{ moment }}
        and ({{ employers }}.valid_to is null or {{ moment }} < {{ employers }}.valid_to)
    )
{%- endmacro %}
