{# Every node once per hash. Two nodes behind one hash would melt together: they are counted. #}
{% macro components_nodes(edges) -%}
    select
        node_id,
        min(node) as node,
        max(node) as largest_node
    from (
        select coalesce(node_a, node_b) as node, a as node_id from {{ edges }}
        union all
        select coalesce(node_b, node_a) as node, b as node_id from {{ edges }}
    ) as ends
    group by node_id
{%- endmacro %}
