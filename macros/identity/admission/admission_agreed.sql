{# Which values without a limit agree, in each direction. #}
{% macro admission_agreed(input, values) -%}
    select distinct ours.number as value, theirs.number as other_value
    from {{ input }} as stated
    inner join {{ values }} as ours on ours.value = stated.value
    inner join {{ values }} as theirs on theirs.value = stated.other_value
{%- endmacro %}
