{# The edges as hashes of their ends, which is what the rounds work on. In this order the smaller name stands
   first: the middle of a star is mostly its smallest record, so the first round leaves few edges. #}
{% macro components_input(edges_sql) -%}
    select
        case when node_a < node_b then left_hash else right_hash end as a,
        case when node_a < node_b then right_hash else left_hash end as b
    from (
        select
            node_a,
            node_b,
            {{ working_hash('node_a') }} as left_hash,
            {{ working_hash('node_b') }} as right_hash
        from (
            {{ edges_sql }}
        ) as edges
        where node_a is not null and node_b is not null
    ) as hashed
    where left_hash <> right_hash
{%- endmacro %}
