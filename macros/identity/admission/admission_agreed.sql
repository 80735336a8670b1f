{# Which values without a limit agree. #}
{% macro admission_agreed(input) -%}
    select distinct value_type, value, other_value
    from {{ input }}
    where other_value is not null
{%- endmacro %}
