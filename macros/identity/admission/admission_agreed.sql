{# Which values without a limit agree, in each direction. #}
{% macro admission_agreed(input) -%}
    select distinct value, other_value
    from {{ input }}
    where other_value is not null
{%- endmacro %}
