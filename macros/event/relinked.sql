{# CTEs that end in `relinked`: the stretches of time in which a link stands for somebody else than it did,
   from the CTEs `inputs` and `built`; changed_until is the first moment after. Each period that is now counts
   one up, each that was one down: what stayed evens out, as does most of a period that a new login
   only prolongs. #}
{% macro relinked(inputs, built) -%}
    moved as (
        select kind, source_system, link_key, value, linked_from, linked_until, sum(step) as step
        from (
            select inputs.*, 1 as step from {{ inputs }} as inputs
            union all
            select built.*, -1 from {{ built }} as built
        ) as periods
        where linked_from is not null
        group by kind, source_system, link_key, value, linked_from, linked_until
        having sum(step) <> 0
    ),

    turns as (
        select kind, source_system, link_key, value, turned_at, sum(step) as step
        from (
            select kind, source_system, link_key, value, linked_from as turned_at, step from moved
            union all
            select kind, source_system, link_key, value, linked_until, -step from moved
        ) as ends
        group by kind, source_system, link_key, value, turned_at
    ),

    relinked as (
        select kind, source_system, link_key, changed_from, changed_until
        from (
            select
                kind, source_system, link_key, turned_at as changed_from,
                lead(turned_at) over (
                    partition by kind, source_system, link_key, value order by turned_at
                ) as changed_until,
                sum(step) over (
                    partition by kind, source_system, link_key, value
                    order by turned_at
                    rows between unbounded preceding and current row
                ) as balance
            from turns
        ) as stretches
        where balance <> 0
    )
{%- endmacro %}
