{# Every node once with its hash. #}
{% macro components_nodes(edges_sql) -%}
    select node_id, node
    from (
        with edges as (
            {{ edges_sql }}
        )

        select node_a as node, {{ working_hash('node_a') }} as node_id from edges
        union all
        select node_b as node, {{ working_hash('node_b') }} as node_id from edges
    ) as ends
    where node is not null
    group by node_id, node
{%- endmacro %}
