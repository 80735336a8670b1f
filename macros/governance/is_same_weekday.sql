{# True for one of the eight weeks before the build, on its day of the week. #}
{% macro is_same_weekday(day) -%}
    (
        {{ day }} < cast({{ as_of() }} as date)
        and {{ dbt.datediff(day, as_of(), 'day') }} in (7, 14, 21, 28, 35, 42, 49, 56)
    )
{%- endmacro %}
