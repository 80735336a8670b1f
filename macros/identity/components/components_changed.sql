{# The edges that decide about what changed: those of shrunk components, and those that came. Any other
   component stands in them as one node, its smallest. #}
{% macro components_changed(model_relation, edges_sql) -%}
    {%- set shrunk = components_work(model_relation, 'shrunk') -%}
    with labelled as (
        select
            labelled.node,
            labelled.component,
            shrunk.component is not null as is_open
        from {{ model_relation }} as labelled
        left join {{ shrunk }} as shrunk on shrunk.component = labelled.component
    )

    {%- if components_count(shrunk) > 0 %}

    select standing.node_a, standing.node_b
    from (
        select
            coalesce(node_a, node_b) as node_a,
            coalesce(node_b, node_a) as node_b
        from ({{ edges_sql }}) as edges
        where change <> 'replaced'
    ) as standing
    inner join labelled as left_end on left_end.node = standing.node_a
    inner join labelled as right_end on right_end.node = standing.node_b
    where left_end.is_open and right_end.is_open
    union all
    {%- endif %}
    select
        case when left_end.is_open then added.node_a else coalesce(left_end.component, added.node_a) end
            as node_a,
        case when right_end.is_open then added.node_b else coalesce(right_end.component, added.node_b) end
            as node_b
    from {{ components_work(model_relation, 'added') }} as added
    left join labelled as left_end on left_end.node = added.node_a
    left join labelled as right_end on right_end.node = added.node_b
{%- endmacro %}
