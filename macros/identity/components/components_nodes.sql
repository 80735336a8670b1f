{# Every node once with its hash. #}
{% macro components_nodes(edges_sql) -%}
    select node, {{ working_hash('node') }} as node_id
    from (
        with edges as (
            {{ edges_sql }}
        )

        select node_a as node from edges
        union all
        select node_b as node from edges
    ) as ends
    where node is not null
    group by node
{%- endmacro %}
