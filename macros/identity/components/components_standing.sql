{# The edges that there are now. #}
{% macro components_standing(edges_sql) -%}
    select node_a, node_b
    from (
        {{ edges_sql }}
    ) as edges
    where change = 'stands'
{%- endmacro %}
