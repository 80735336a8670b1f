{# The model's rows with the hash of each node. #}
{% macro admission_input(input_sql) -%}
    select
        node_a,
        node_b,
        place,
        value_type,
        value,
        value_limit,
        other_value,
        {{ working_hash('node_a') }} as a,
        {{ working_hash('coalesce(node_b, node_a)') }} as b
    from (
        {{ input_sql }}
    ) as stated
{%- endmacro %}
