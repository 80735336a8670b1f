{# A condition on events, with `and` before it: their session holds an event that this build has to look at
   (events_looked_at), as written by now. Nothing where all are looked at. #}
{% macro and_session_looked_at() -%}
    {%- set visits, touched = ref('int_event__sessioned'), ref('int_event__touched') -%}
    {%- if not looks_at_all_events() -%}
    and session_id in (
        select visits.session_id
        from {{ visits }} as visits
        where visits._judged > {{ newest_built() }}
        union
        select looked_at.session_id
        from {{ ref('event') }} as looked_at
        where looked_at.event_id in (select touched.event_id from {{ touched }} as touched)
    )
    {%- endif -%}
{%- endmacro %}
