{# The end of a query of located events `events`, from `from` on: those of the CTE or relation `located` that
   are part of a visit which has to be looked for, each with the type of event and the rule of its day. A
   system whose own sessions no rule ever cuts says itself to which session an event belongs, so its events
   are not among them. #}
{% macro visited_events(located) -%}
    from {{ located }} as events
    inner join {{ ref('policy_event_type') }} as event_types
        on events.canonical_name = event_types.event_name
            and event_types.keeps_session
            and {{ in_force('event_types', 'events.happened_at') }}
    inner join {{ ref('int_session__rules') }} as rules
        on events.source_system = rules.source_system
            and {{ in_force('rules', 'events.happened_at') }}
    where coalesce(events.anonymous_id, events.session_key) is not null
        and (events.session_key is null or not coalesce(rules.keeps_vendor_sessions, false))
{%- endmacro %}
