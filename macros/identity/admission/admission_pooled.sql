{# The values that the groups of the next round hold. #}
{% macro admission_pooled(held, reps) -%}
    select distinct coalesce(reps.rep, held.v) as v, held.value_type, held.value, held.value_limit
    from {{ held }} as held
    left join {{ reps }} as reps on reps.v = held.v
{%- endmacro %}
