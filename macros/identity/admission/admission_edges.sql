{# Between two nodes the reason that is heard first. Who holds too much alone is joined with nobody. #}
{% macro admission_edges(input, held) -%}
    with overfull as (
        select distinct v from (
            select v from {{ held }}
            group by v, value_type
            having count(*) > min(value_limit)
        ) as too_much
    )

    select
        case when a < b then a else b end as a,
        case when a < b then b else a end as b,
        min(place) as place
    from {{ input }} as stated
    left join overfull as left_end on left_end.v = stated.a
    left join overfull as right_end on right_end.v = stated.b
    where place is not null and a <> b and left_end.v is null and right_end.v is null
    group by case when a < b then a else b end, case when a < b then b else a end
{%- endmacro %}
