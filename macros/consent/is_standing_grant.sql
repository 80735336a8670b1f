{# True for a statement that grants one purpose and holds at a moment. #}
{% macro is_standing_grant(moment) -%}
    action in ('grant', 'confirm')
        and purpose <> '*'
        and counts_from <= {{ moment }}
        and (effective_to is null or effective_to > {{ moment }})
{%- endmacro %}
