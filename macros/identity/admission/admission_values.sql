{# The values that nodes hold, each with a number: numbers are all that the rounds compare. #}
{% macro admission_values(input) -%}
    select value, row_number() over (order by value) as number
    from (
        select distinct value
        from {{ input }}
        where value is not null
    ) as held
{%- endmacro %}
