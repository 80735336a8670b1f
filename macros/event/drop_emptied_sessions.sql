{# Run after the session model: takes out the sessions whose events are all gone or in other sessions.
   All others count their events right by now, so there are none where the sums agree. #}
{% macro drop_emptied_sessions() -%}
    {%- set events = ref('event') -%}
    {%- set counts = run_query(
        'select (select coalesce(sum(event_count), 0) from ' ~ this ~ '), (select count(*) from '
        ~ events ~ ' where session_id is not null)'
    ).rows[0] if execute and is_incremental() else [0, 0] -%}
    {%- if counts[0] != counts[1] -%}
    {{ drop_unlisted_rows('session_id', '(select session_id from ' ~ events ~ ' where session_id is not null)') }}
    {%- endif -%}
{%- endmacro %}
