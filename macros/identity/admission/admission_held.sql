{# Which values each node holds, of which a group of nodes may have only so many or which have to agree. #}
{% macro admission_held(input) -%}
    select distinct a as v, value_type, value, value_limit
    from {{ input }}
    where value_type is not null and other_value is null
{%- endmacro %}
