{# The earliest moment at which B(t) is a number, by the day that business_day_holds found: 17:00, when
   the desk closes, and not 09:00 of the next day. #}
{% macro business_moment(number, day) -%}
    {%- set cases, before = [], [day ~ '.seconds_before'] -%}
    {%- for slot in business_slots() -%}
        {%- set opens, closes = day ~ '.opens_' ~ slot, day ~ '.closes_' ~ slot -%}
        {%- set left = number ~ ' - (' ~ before | join(' + ') ~ ')' -%}
        {%- do cases.append('when ' ~ left ~ ' <= ' ~ closes ~ ' - ' ~ opens ~ ' then ' ~ opens ~ ' + ' ~ left) -%}
        {%- do before.append(closes ~ ' - ' ~ opens) -%}
    {%- endfor -%}
    {{ dbt.dateadd(
        'second',
        'case\n        ' ~ cases | join('\n        ') ~ '\n    end',
        'cast(' ~ day ~ '.utc_day as ' ~ dbt.type_timestamp() ~ ')'
    ) }}
{%- endmacro %}
