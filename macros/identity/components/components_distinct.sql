{# Each edge once, a node without a neighbour as an edge to itself. #}
{% macro components_distinct(edges_sql) -%}
    select distinct
        coalesce(node_a, node_b) as node_a,
        coalesce(node_b, node_a) as node_b
    from (
        {{ edges_sql }}
    ) as edges
    where coalesce(node_a, node_b) is not null
{%- endmacro %}
