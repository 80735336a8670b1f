{# Every node once with its hash. #}
{% macro components_nodes(edges_sql) -%}
    select node_id, node
    from (
        select
            coalesce(node_a, node_b) as node,
            {{ working_hash('coalesce(node_a, node_b)') }} as node_id
        from (
            {{ edges_sql }}
        ) as left_ends
        union all
        select
            coalesce(node_b, node_a) as node,
            {{ working_hash('coalesce(node_b, node_a)') }} as node_id
        from (
            {{ edges_sql }}
        ) as right_ends
    ) as ends
    where node is not null
    group by node_id, node
{%- endmacro %}
