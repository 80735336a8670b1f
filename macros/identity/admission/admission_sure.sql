{# The edges that would be joined if all were heard one after the other. An end's first reason meets
   that end as it is now. It is sure where it is the first of both ends, and where its end brings no
   value that the other does not hold: then it stays possible however the other end grows. #}
{% macro admission_sure(open, held) -%}
    with firsts as (
        select v, min(place) as place
        from (
            select a as v, place from {{ open }}
            union all
            select b as v, place from {{ open }}
        ) as ends
        group by v
    ),

    wanted as (
        select
            edges.a,
            edges.b,
            edges.place = first_of_a.place as is_first_of_a,
            edges.place = first_of_b.place as is_first_of_b
        from {{ open }} as edges
        inner join firsts as first_of_a on first_of_a.v = edges.a
        inner join firsts as first_of_b on first_of_b.v = edges.b
        where edges.place = first_of_a.place or edges.place = first_of_b.place
    ),

    ends as (
        select a as v, b as other from wanted where is_first_of_a
        union all
        select b as v, a as other from wanted where is_first_of_b
    ),

    bringing as (
        select ends.v, ends.other
        from ends
        inner join {{ held }} as held on held.v = ends.v
        left join {{ held }} as same
            on same.v = ends.other
                and same.value_type = held.value_type
                and same.value = held.value
        where same.v is null
        group by ends.v, ends.other
    )

    select wanted.a, wanted.b
    from wanted
    left join bringing as a_brings on a_brings.v = wanted.a and a_brings.other = wanted.b
    left join bringing as b_brings on b_brings.v = wanted.b and b_brings.other = wanted.a
    where (wanted.is_first_of_a and wanted.is_first_of_b)
        or (wanted.is_first_of_a and a_brings.v is null)
        or (wanted.is_first_of_b and b_brings.v is null)
{%- endmacro %}
