{# The open stretches of a UTC day side by side: opens_1, closes_1 … in seconds of the day, 0 and 0
   where there are fewer. `pieces` has the columns slot, opens and closes. #}
{% macro business_slot_columns(pieces) -%}
    {%- for slot in business_slots() -%}
        {%- for edge in ('opens', 'closes') %}
        cast(coalesce(max(case when {{ pieces }}.slot = {{ slot }} then {{ pieces }}.{{ edge }} end), 0) as bigint)
            as {{ edge }}_{{ slot }}{{ ',' if not (loop.last and slot == business_slots() | last) }}
        {%- endfor -%}
    {%- endfor -%}
{%- endmacro %}
