{# For each node the smallest of itself and its neighbours, by hash. #}
{% macro components_hooks(edges) -%}
    select v, min(w) as rep
    from (
        select a as v, case when a < b then a else b end as w from {{ edges }}
        union all
        select b as v, case when a < b then a else b end as w from {{ edges }}
    ) as ends
    group by v
{%- endmacro %}
