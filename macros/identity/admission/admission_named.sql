{# Each node with the smallest node of its group. #}
{% macro admission_named(model_relation) -%}
    with labelled as (
        select nodes.node, labels.label
        from {{ components_work(model_relation, 'labels') }} as labels
        inner join {{ components_work(model_relation, 'nodes') }} as nodes
            on nodes.node_id = labels.node_id
    ),

    named as (
        select label, min(node) as cluster
        from labelled
        group by label
    )

    select labelled.node, named.cluster
    from labelled
    inner join named on named.label = labelled.label
{%- endmacro %}
