{# All nodes with their component after the changes. `labels` says it of the nodes that
   components_changed named; every node of a component that did not shrink goes with its smallest. #}
{% macro components_grown(model_relation, labels) -%}
    with changed as (
        {{ labels }}
    ),

    whole as (
        select labelled.node, labelled.component
        from {{ model_relation }} as labelled
        left join {{ components_work(model_relation, 'shrunk') }} as shrunk
            on shrunk.component = labelled.component
        where shrunk.component is null
    )

    select whole.node, coalesce(changed.component, whole.component) as component
    from whole
    left join changed on changed.node = whole.component
    union all
    select changed.node, changed.component
    from changed
    left join whole on whole.node = changed.node
    where whole.node is null
{%- endmacro %}
