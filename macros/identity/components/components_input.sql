{# The model's edges with the hash of each end; the hash is what the rounds work on. #}
{% macro components_input(edges_sql) -%}
    select
        node_a,
        node_b,
        {{ hash_to_bigint('coalesce(node_a, node_b)') }} as a,
        {{ hash_to_bigint('coalesce(node_b, node_a)') }} as b
    from (
        {{ edges_sql }}
    ) as edges
    where coalesce(node_a, node_b) is not null
{%- endmacro %}
