{# The model's rows with the hash of each node. #}
{% macro admission_input(input_sql) -%}
    select
        node_a,
        node_b,
        place,
        value_type,
        value,
        value_limit,
        {{ hash_to_bigint('node_a') }} as a,
        {{ hash_to_bigint('coalesce(node_b, node_a)') }} as b
    from (
        {{ input_sql }}
    ) as stated
{%- endmacro %}
