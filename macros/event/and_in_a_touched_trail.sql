{# A condition on located events, with `and` before it: the event is new, or in the trail of one that
   is; whole trails, since a late event may join two sessions or cut one. Nothing where all events are
   looked at. #}
{% macro and_in_a_touched_trail(event_id) -%}
    {%- set events, looks_at_all = ref('int_event__checked'), looks_at_all_events() -%}
    {%- if not looks_at_all -%}
    {%- set upto = built_upto() -%}
    and {{ event_id }} in (
        select judged.event_id
        from {{ events }} as judged
        where judged._judged > {{ upto }}
        union
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
