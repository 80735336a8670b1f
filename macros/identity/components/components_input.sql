{# The edges as hashes of their ends, the smaller first, which is what the rounds work on. #}
{% macro components_input(edges_sql) -%}
    select
        case when left_hash < right_hash then left_hash else right_hash end as a,
        case when left_hash < right_hash then right_hash else left_hash end as b
    from (
        select
            {{ working_hash('node_a') }} as left_hash,
            {{ working_hash('node_b') }} as right_hash
        from (
            {{ edges_sql }}
        ) as edges
        where node_a is not null and node_b is not null
    ) as hashed
    where left_hash <> right_hash
{%- endmacro %}
