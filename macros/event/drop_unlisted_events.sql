{# Run after the event model: takes out the events that are gone. Nothing goes where events only came. #}
{% macro drop_unlisted_events() -%}
    {%- set looks_at_all = looks_at_all_events() -%}
    {%- if is_incremental() and looks_at_all -%}
    {{ drop_unlisted_rows('event_id', ref('int_event__located')) }}
    {%- endif -%}
{%- endmacro %}
