{# The edges between what is still apart, each once. The condition is not `left.rep <> right.rep`,
   of which an optimizer may make a join of all with all. #}
{% macro components_contracted(edges, reps) -%}
    select distinct
        least(left_end.rep, right_end.rep) as a,
        greatest(left_end.rep, right_end.rep) as b
    from {{ edges }} as edges
    inner join {{ reps }} as left_end on left_end.v = edges.a
    inner join {{ reps }} as right_end on right_end.v = edges.b
    where least(left_end.rep, right_end.rep) < greatest(left_end.rep, right_end.rep)
{%- endmacro %}
