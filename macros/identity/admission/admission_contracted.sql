{# The edges between groups that are still apart, each with the reason that is heard first. #}
{% macro admission_contracted(open, reps) -%}
    with moved as (
        select
            coalesce(left_end.rep, edges.a) as a,
            coalesce(right_end.rep, edges.b) as b,
            edges.place
        from {{ open }} as edges
        left join {{ reps }} as left_end on left_end.v = edges.a
        left join {{ reps }} as right_end on right_end.v = edges.b
    )

    select
        case when a < b then a else b end as a,
        case when a < b then b else a end as b,
        min(place) as place
    from moved
    where a <> b
    group by case when a < b then a else b end, case when a < b then b else a end
{%- endmacro %}
