{# Each node with the smallest node of its group. #}
{% macro admission_named(model_relation, rounds) -%}
    with labelled as (
        select nodes.node, labels.label
        from {{ admission_work(model_relation, 'labels', rounds) }} as labels
        inner join {{ admission_work(model_relation, 'nodes') }} as nodes
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
