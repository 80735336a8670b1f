{# Query: the located events that this build has to look at, because they are new, stand for somebody else,
   or are in a visit that was cut anew; all of them where int_event__touched says so. The few from before
   are named first: by a short list the engine passes over most of what it would have to read. #}
{% macro events_looked_at() -%}
    {%- set located, visits = ref('int_event__located'), ref('int_event__sessioned') -%}
    {%- set touched, upto = ref('int_event__touched'), newest_built() -%}
    select * from {{ located }}
    {%- if not looks_at_all_events() %}
    where _judged > {{ upto }}
    union all
    select * from {{ located }}
    where _judged <= {{ upto }}
        and event_id in (
            select visits.event_id
            from {{ visits }} as visits
            where visits._judged > {{ upto }}
            union
            select touched.event_id from {{ touched }} as touched
            where not touched.is_new
        )
    {%- endif -%}
{%- endmacro %}
