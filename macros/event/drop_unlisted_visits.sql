{# Run after int_event__sessioned: takes out the events that are part of no visit any more, because they
   are gone, have another name, or no browser. Nothing of that happens where events only came. #}
{% macro drop_unlisted_visits() -%}
    {%- set looks_at_all = looks_at_all_events() -%}
    {%- if is_incremental() and looks_at_all -%}
    delete from {{ this }}
    where event_id not in (
        select listed.event_id
        from {{ ref('int_event__located') }} as listed
        inner join {{ ref('policy_event_type') }} as event_types
            on listed.canonical_name = event_types.event_name
                and event_types.keeps_session
                and {{ in_force('event_types', 'listed.happened_at') }}
        inner join {{ ref('int_session__rules') }} as rules
            on listed.source_system = rules.source_system
                and {{ in_force('rules', 'listed.happened_at') }}
        where coalesce(listed.anonymous_id, listed.session_key) is not null
    )
    {%- endif -%}
{%- endmacro %}
