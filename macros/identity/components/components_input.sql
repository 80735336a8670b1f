{# The edges as hashes of their ends, which is what the rounds work on. #}
{% macro components_input(edges_sql) -%}
    select
        {{ working_hash('coalesce(node_a, node_b)') }} as a,
        {{ working_hash('coalesce(node_b, node_a)') }} as b
    from (
        {{ edges_sql }}
    ) as edges
    where coalesce(node_a, node_b) is not null
{%- endmacro %}
