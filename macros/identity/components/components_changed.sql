{# The edges that decide about what changed: those of shrunk components, and those that were added. Any
   other component stands in them as one node, its smallest. #}
{% macro components_changed(model_relation) -%}
    {%- set shrunk = components_work(model_relation, 'shrunk') -%}
    with whole as (
        select labelled.node, labelled.component
        from {{ model_relation }} as labelled
        left join {{ shrunk }} as shrunk on shrunk.component = labelled.component
        where shrunk.component is null
    ),

    open_nodes as (
        select labelled.node
        from {{ model_relation }} as labelled
        inner join {{ shrunk }} as shrunk on shrunk.component = labelled.component
    )

    select now.node_a, now.node_b
    from {{ components_work(model_relation, 'now') }} as now
    inner join open_nodes as left_end on left_end.node = now.node_a
    inner join open_nodes as right_end on right_end.node = now.node_b
    union all
    select
        coalesce(left_end.component, added.node_a) as node_a,
        coalesce(right_end.component, added.node_b) as node_b
    from {{ components_work(model_relation, 'added') }} as added
    left join whole as left_end on left_end.node = added.node_a
    left join whole as right_end on right_end.node = added.node_b
{%- endmacro %}
