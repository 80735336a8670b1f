{# Query: the located events that are new, or in the trail of one that is; whole trails, since a late
   event may join two sessions or cut one. All of them where all are looked at. Where no trail that was
   there goes on, as with a tracker's own sessions, the events from before are not read at all. Where all
   are looked at, those that say themselves to which session they belong are passed over at once. #}
{% macro events_in_touched_trails() -%}
    {%- set events, located = ref('int_event__checked'), ref('int_event__located') -%}
    {%- set looks_at_all, upto = looks_at_all_events(), built_upto() -%}
    select * from {{ located }}
    {%- if looks_at_all %}
    where session_key is null
        or source_system in (
            select rules.source_system
            from {{ ref('int_session__rules') }} as rules
            where not coalesce(rules.keeps_vendor_sessions, false)
        )
    {%- else %}
    where _judged > {{ upto }}
    union all
    select * from {{ located }}
    where _judged <= {{ upto }}
        and event_id in (
            select held.event_id
            from {{ this }} as held
            where held.trail in (
                select {{ trail('session', 'judged') }}
                from {{ events }} as judged
                where judged._judged > {{ upto }}
                union
                select {{ trail('visitor', 'judged') }}
                from {{ events }} as judged
                where judged._judged > {{ upto }}
            )
        )
    {%- endif -%}
{%- endmacro %}
