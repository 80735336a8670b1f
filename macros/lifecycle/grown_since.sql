{# growth_since for a running sum, from no earlier than 2010: from a wrong date of 2001 on, points with a
   short half-life would weigh more than a number can hold. #}
{% macro grown_since(since, moment, half_life_days) -%}
    {%- set start = greatest_of([since, "cast('2010-01-01' as " ~ dbt.type_timestamp() ~ ')']) -%}
    {{ growth_since(start, moment, half_life_days) }}
{%- endmacro %}
