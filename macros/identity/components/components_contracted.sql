{# The edges between what is still apart, each once. The condition compares the sorted ends and not
   simply left.rep <> right.rep, of which an optimizer may make a join of all with all. #}
{% macro components_contracted(edges, reps) -%}
    {%- set smaller = 'case when left_end.rep < right_end.rep then left_end.rep else right_end.rep end' -%}
    {%- set larger = 'case when left_end.rep < right_end.rep then right_end.rep else left_end.rep end' -%}
    select distinct
        {{ smaller }} as a,
        {{ larger }} as b
    from {{ edges }} as edges
    inner join {{ reps }} as left_end on left_end.v = edges.a
    inner join {{ reps }} as right_end on right_end.v = edges.b
    where {{ smaller }} < {{ larger }}
{%- endmacro %}
