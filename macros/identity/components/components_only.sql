{# The edges of one kind of change that are not of another too, each once; a node without a neighbour as an
   edge to itself. #}
{% macro components_only(edges_sql, change, other_change) -%}
    select
        coalesce(node_a, node_b) as node_a,
        coalesce(node_b, node_a) as node_b
    from (
        {{ edges_sql }}
    ) as edges
    where change in ('{{ change }}', '{{ other_change }}') and coalesce(node_a, node_b) is not null
    group by coalesce(node_a, node_b), coalesce(node_b, node_a)
    having min(change) = '{{ change }}' and max(change) = '{{ change }}'
{%- endmacro %}
