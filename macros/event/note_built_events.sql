{# Run when the sessions are written, and so all tables of events: keeps what they were built from, which
   is what int_event__touched has compared. #}
{% macro note_built_events() -%}
    {%- set touched = ref('int_event__touched') -%}
    {%- set inputs = api.Relation.create(touched.database, touched.schema, 'int_event__inputs') -%}
    create or replace table {{ built_inputs(touched) }} as
    select * from {{ inputs }}
{%- endmacro %}
