{# The edges that came or went, each once; one that was replaced and written again did neither. A node without
   a neighbour is an edge to itself. #}
{% macro components_differing(edges_sql) -%}
    select
        coalesce(node_a, node_b) as node_a,
        coalesce(node_b, node_a) as node_b,
        min(change) as change
    from (
        {{ edges_sql }}
    ) as edges
    where change in ('written', 'replaced') and coalesce(node_a, node_b) is not null
    group by coalesce(node_a, node_b), coalesce(node_b, node_a)
    having min(change) = max(change)
{%- endmacro %}
