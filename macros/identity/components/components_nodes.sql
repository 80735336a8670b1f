{# Every node once with its hash and, where a neighbour has a smaller name, the hash of one of these. #}
{% macro components_nodes(edges_sql) -%}
    select node, {{ working_hash('node') }} as node_id, min(rep) as rep
    from (
        with edges as (
            {{ edges_sql }}
        )

        select node_a as node, case when node_b < node_a then {{ working_hash('node_b') }} end as rep
        from edges
        union all
        select node_b as node, case when node_a < node_b then {{ working_hash('node_a') }} end as rep
        from edges
    ) as ends
    where node is not null
    group by node
{%- endmacro %}
