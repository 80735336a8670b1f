{# The edges between what is still apart, each once. The larger end of an edge always has a representative.
   The condition compares the sorted ends and not simply left_rep <> right_rep, of which an optimizer may
   make a join of all with all. #}
{% macro components_contracted(edges, reps) -%}
    {%- set smaller = 'case when left_rep < right_rep then left_rep else right_rep end' -%}
    {%- set larger = 'case when left_rep < right_rep then right_rep else left_rep end' -%}
    select distinct
        {{ smaller }} as a,
        {{ larger }} as b
    from (
        select
            coalesce(left_end.rep, edges.a) as left_rep,
            right_end.rep as right_rep
        from {{ edges }} as edges
        inner join {{ reps }} as right_end on right_end.v = edges.b
        left join {{ reps }} as left_end on left_end.v = edges.a
    ) as moved
    where {{ smaller }} < {{ larger }}
{%- endmacro %}
