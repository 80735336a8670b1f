{# The edges whose two ends together stay within every limit and of which no two values contradict each
   other. What is put aside here would be too much for ever, since groups only grow. #}
{% macro admission_open(edges, held, agreed) -%}
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
        where value_limit is not null
        group by a, b, value_type
        having count(distinct value) > min(value_limit)
    ),

    at_odds as (
        select edges.a, edges.b
        from {{ edges }} as edges
        inner join {{ held }} as ours on ours.v = edges.a
        inner join {{ held }} as theirs on theirs.v = edges.b and theirs.value_type = ours.value_type
        left join {{ agreed }} as agreed
            on agreed.value_type = ours.value_type
                and agreed.value = ours.value
                and agreed.other_value = theirs.value
        where ours.value_limit is null and theirs.value <> ours.value and agreed.value is null
    ),

    impossible as (
        select a, b from too_much
        union
        select a, b from at_odds
    )

    select edges.a, edges.b, edges.place
    from {{ edges }} as edges
    left join impossible on impossible.a = edges.a and impossible.b = edges.b
    where impossible.a is null
{%- endmacro %}
