{# The edges whose two ends together stay within every limit. What is put aside here would be too much
   for ever, since groups only grow. #}
{% macro admission_open(edges, held) -%}
    with together as (
        select edges.a, edges.b, held.value_type, held.value, held.value_limit
        from {{ edges }} as edges
        inner join {{ held }} as held on held.v = edges.a
        union all
        select edges.a, edges.b, held.value_type, held.value, held.value_limit
        from {{ edges }} as edges
        inner join {{ held }} as held on held.v = edges.b
    ),

    too_much as (
        select a, b from together
        group by a, b, value_type
        having count(distinct value) > min(value_limit)
    ),

    impossible as (
        select distinct a, b from too_much
    )

    select edges.a, edges.b, edges.place
    from {{ edges }} as edges
    left join impossible on impossible.a = edges.a and impossible.b = edges.b
    where impossible.a is null
{%- endmacro %}
