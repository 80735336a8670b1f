{# The CTE `judged`: all events of the trails in which an event is new, gone or other than when the
   table was built. Where int_event__touched says that all events are to be looked at, each is compared
   with what the table holds; else the visits are just those of touched trails already. #}
{% macro visits_to_judge(visits) -%}
    {%- set looks_at_all = looks_at_all_events() -%}
    {%- if is_incremental() and looks_at_all %}
    compared as (
        select
            {{ visits }}.trail,
            held.trail as held_trail
        from {{ visits }}
        full outer join {{ this }} as held
            on {{ visits }}.event_id = held.event_id
        where {{ visits }}.event_id is null
            or held.event_id is null
            or held.trail <> {{ visits }}.trail
            or held.happened_at <> {{ visits }}.happened_at
            or held.session_rule <> {{ visits }}.session_rule
            or coalesce(held.entry_source_id, '') <> coalesce({{ visits }}.entry_source_id, '')
    ),

    changed_trails as (
        select trail from compared where trail is not null
        union
        select held_trail as trail from compared where held_trail is not null
    ),
    {% endif %}
    judged as (
        select * from {{ visits }}
        {%- if is_incremental() and looks_at_all %}
        where trail in (select changed.trail from changed_trails as changed)
        {%- endif %}
    )
{%- endmacro %}
