{# The edges of one relation that another has not. #}
{% macro components_only_in(relation, other) -%}
    select edges.node_a, edges.node_b
    from {{ relation }} as edges
    left join {{ other }} as others
        on others.node_a = edges.node_a and others.node_b = edges.node_b
    where others.node_a is null
{%- endmacro %}
