{# Whether a table of events is built from all of them: in a full build, and where int_event__touched
   says so. #}
{% macro looks_at_all_events() -%}
    {%- set touched = ref('int_event__touched') -%}
    {%- if not execute or not is_incremental() -%}
        {{ return(true) }}
    {%- endif -%}
    {%- set all_rows = run_query(
        'select count(*) from ' ~ touched ~ " where event_id = '*'"
    ).rows[0][0] | int -%}
    {{ return(all_rows > 0) }}
{%- endmacro %}
