{# The edges whose two ends together stay within every limit and of which no two values contradict each
   other. What is put aside here would be too much for ever, since groups only grow. Only where both ends
   hold something it can be too much, and that is few edges. #}
{% macro admission_open(edges, held, agreed) -%}
    with asked as (
        select a, b from {{ edges }}
        where a in (select v from {{ held }}) and b in (select v from {{ held }})
    ),

    together as (
        select asked.a, asked.b, 'a' as side, held.value_type, held.value, held.value_limit
        from asked
        inner join {{ held }} as held on held.v = asked.a
        union all
        select asked.a, asked.b, 'b' as side, held.value_type, held.value, held.value_limit
        from asked
        inner join {{ held }} as held on held.v = asked.b
    ),

    unlimited as (
        select a, b, side, value from together
        where value_limit is null
    ),

    impossible as (
        select a, b from together
        where value_limit is not null
        group by a, b, value_type
        having count(distinct value) > min(value_limit)
        union
        select ours.a, ours.b
        from unlimited as ours
        inner join unlimited as theirs on theirs.a = ours.a and theirs.b = ours.b
        left join {{ agreed }} as agreed
            on agreed.value = ours.value and agreed.other_value = theirs.value
        where ours.side = 'a'
            and theirs.side = 'b'
            and theirs.value <> ours.value
            and agreed.value is null
    )

    select edges.a, edges.b, edges.place
    from {{ edges }} as edges
    left join impossible on impossible.a = edges.a and impossible.b = edges.b
    where impossible.a is null
{%- endmacro %}
