{# The nodes with the label of their component: where they came to, or the neighbour they hook to. #}
{% macro components_labelled(model_relation, rounds) -%}
    select
        nodes.node,
        nodes.rep,
        coalesce({{ 'ends.rep, ' if rounds > 1 }}nodes.rep, nodes.node_id) as label
    from {{ components_work(model_relation, 'nodes') }} as nodes
    {%- if rounds > 1 %}
    left join {{ components_work(model_relation, 'ends_' ~ rounds) }} as ends
        on ends.v = coalesce(nodes.rep, nodes.node_id)
    {%- endif %}
{%- endmacro %}
