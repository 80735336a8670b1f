{# B(t): the business seconds of a calendar before a moment, by the row of business_day
   for the calendar and the moment's UTC day. What passed between two moments is the difference of
   two such numbers, so no clock looks at the days between. #}
{% macro business_seconds(moment, day) -%}
    {%- set second = seconds_between('cast(' ~ day ~ '.utc_day as ' ~ dbt.type_timestamp() ~ ')', moment) -%}
    (
        {{ day }}.seconds_before
        {%- for slot in business_slots() %}
        + case
            when {{ second }} >= {{ day }}.closes_{{ slot }} then {{ day }}.closes_{{ slot }} - {{ day }}.opens_{{ slot }}
            when {{ second }} > {{ day }}.opens_{{ slot }} then {{ second }} - {{ day }}.opens_{{ slot }}
            else 0
        end
        {%- endfor %}
    )
{%- endmacro %}
