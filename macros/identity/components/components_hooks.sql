{# For each node the smallest of itself and its neighbours, by hash. Only round 1 can have a
   node that is its own neighbour. #}
{% macro components_hooks(edges) -%}
    select v, min(w) as rep
    from (
        select a as v, case when a < b then a else b end as w from {{ edges }} where a <> b
        union all
        select b as v, case when a < b then a else b end as w from {{ edges }} where a <> b
    ) as ends
    group by v
{%- endmacro %}
