{# The same as components_hooks in a fresh order: number -> (multiplier * number + shift) mod the
   prime 2^31 - 1, which maps no two numbers to one. #}
{% macro components_permuted_hooks(edges, numbers, round) -%}
    {%- set prime = 2147483647 -%}
    {%- set multiplier = 48271 ** round % prime -%}
    {%- set shift = 69621 ** round % prime -%}
    select smallest.v, places.node_id as rep
    from (
        select ends.v, min(places.place) as place
        from (
            select a as v, a as w from {{ edges }}
            union all
            select a as v, b as w from {{ edges }}
            union all
            select b as v, a as w from {{ edges }}
            union all
            select b as v, b as w from {{ edges }}
        ) as ends
        inner join (
            select node_id, ({{ multiplier }} * cast(number as bigint) + {{ shift }}) % {{ prime }} as place
            from {{ numbers }}
        ) as places on places.node_id = ends.w
        group by ends.v
    ) as smallest
    inner join (
        select node_id, ({{ multiplier }} * cast(number as bigint) + {{ shift }}) % {{ prime }} as place
        from {{ numbers }}
    ) as places on places.place = smallest.place
{%- endmacro %}
