{# Run after int_touch__seen: takes out what no event says any more, where an event is gone or reads
   otherwise. #}
{% macro drop_unseen_touches() -%}
    {%- set events = ref('int_event__checked') -%}
    {%- if is_incremental() and built_upto() is none -%}
    delete from {{ this }}
    where touch_key not in (
        select events.touch_key
        from {{ events }} as events
        where events.is_current and events.touch_key is not null
    )
    {%- endif -%}
{%- endmacro %}
