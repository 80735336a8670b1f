{# Which values each node holds, of which a group of nodes may have only so many or which have to agree. #}
{% macro admission_held(input, values) -%}
    select distinct stated.a as v, stated.value_type, held.number as value, stated.value_limit
    from {{ input }} as stated
    inner join {{ values }} as held on held.value = stated.value
    where stated.other_value is null
{%- endmacro %}
