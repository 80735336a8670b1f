{# Run when the sessions are written, and so all tables of events: keeps what they were built from. #}
{% macro note_built_events() -%}
    {%- set inputs = ref('int_event__inputs') -%}
    create or replace table {{ built_inputs(inputs) }} as
    select * from {{ inputs }}
{%- endmacro %}
