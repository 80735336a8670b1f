{# Run after int_event__sessioned: takes out the events that are part of no visit any more, because they
   are gone, have another name, or no browser. Nothing of that happens where events only came. #}
{% macro drop_unlisted_visits() -%}
    {%- set looks_at_all = looks_at_all_events() -%}
    {%- if is_incremental() and looks_at_all -%}
    delete from {{ this }}
    where event_id not in (select events.event_id {{ visited_events(ref('int_event__located')) }})
    {%- endif -%}
{%- endmacro %}
