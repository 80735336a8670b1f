{# One column for each value of `column`: the sum of `value` over the rows that have it. #}
{% macro summed_by(column, names, value='1', type=none) -%}
    {%- for name in names %}
    cast(coalesce(sum(case when {{ column }} = '{{ name }}' then {{ value }} end), 0) as {{ type or dbt.type_bigint() }})
        as {{ name }}{{ ',' if not loop.last }}
    {%- endfor %}
{%- endmacro %}
