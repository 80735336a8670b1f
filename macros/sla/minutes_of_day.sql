{# A wall-clock time written HH:MM as minutes since midnight; 24:00 is the end of the day. #}
{% macro minutes_of_day(written) -%}
    (
        60 * cast(substring({{ written }}, 1, 2) as {{ dbt.type_int() }})
        + cast(substring({{ written }}, 4, 2) as {{ dbt.type_int() }})
    )
{%- endmacro %}
