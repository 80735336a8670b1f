{# A condition on a key of events or sessions, with `and` before it: what belongs to events that this
   build has to look at, because they are new, stand for somebody else, or are in a visit that was cut
   anew. Nothing where all are looked at. `name` is event_id or session_id; sessions are looked at when
   their events are written. #}
{% macro and_looked_at(key, name) -%}
    {%- set visits, touched = ref('int_event__sessioned'), ref('int_event__touched') -%}
    {%- if not looks_at_all_events() -%}
    {%- set upto = run_query('select max(built_upto) from ' ~ touched).rows[0][0] -%}
    and {{ key }} in (
        select visits.{{ name }}
        from {{ visits }} as visits
        where visits._judged > {{ 'null' if upto is none else upto | int }}
        union
        {%- if name == 'event_id' %}
        select touched.event_id from {{ touched }} as touched
        {%- else %}
        select looked_at.session_id
        from {{ ref('event') }} as looked_at
        where looked_at.event_id in (select touched.event_id from {{ touched }} as touched)
        {%- endif %}
    )
    {%- endif -%}
{%- endmacro %}
