{# A condition on events, with `and` before it: their session holds an event that this build has to look at
   (events_looked_at), as written by now. Nothing where all are looked at. Such an event stands in the
   time of those events; all others of its session stand there too, or in the time of that session as it
   was written last. #}
{% macro and_session_looked_at() -%}
    {%- set visits, touched = ref('int_event__sessioned'), ref('int_event__touched') -%}
    {%- set located = events_looked_at() -%}
    {%- if not looks_at_all_events() -%}
    {%- set sessions -%}
        select looked_at.session_id
        from {{ ref('event') }} as looked_at
        where {{ within_span('looked_at.event_at', located, 'happened_at', 'happened_at') }}
            and looked_at.event_id in (
                select visits.event_id from {{ visits }} as visits where visits._judged > {{ newest_built() }}
                union
                select touched.event_id from {{ touched }} as touched
            )
    {%- endset -%}
    {%- set spans -%}
        select happened_at as began_at, happened_at as ended_at from ({{ located }}) as events
        union all
        select started_at, ended_at from {{ this }} where session_id in ({{ sessions }})
    {%- endset -%}
    and {{ within_span('event_at', spans, 'began_at', 'ended_at') }}
    and session_id in ({{ sessions }})
    {%- endif -%}
{%- endmacro %}
