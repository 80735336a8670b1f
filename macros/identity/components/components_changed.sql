{# The edges that decide about what changed: those of shrunk components, and those that came. Any other
   component stands in them as one node, its smallest. #}
{% macro components_changed(model_relation, edges_sql) -%}
    {%- set differing = components_work(model_relation, 'differing') -%}
    {%- set shrunk = components_work(model_relation, 'shrunk') -%}
    with ends as (
        select node_a as node from {{ differing }} where change = 'written'
        union
        select node_b as node from {{ differing }} where change = 'written'
    ),

    standing_for as (
        select
            labelled.node,
            case when shrunk.component is null then labelled.component else labelled.node end as stand_in
        from {{ model_relation }} as labelled
        inner join ends on ends.node = labelled.node
        left join {{ shrunk }} as shrunk on shrunk.component = labelled.component
    )

    {%- if count_after(shrunk) > 0 %},

    opened as (
        select labelled.node
        from {{ model_relation }} as labelled
        inner join {{ shrunk }} as shrunk on shrunk.component = labelled.component
    )

    select standing.node_a, standing.node_b
    from (
        select
            coalesce(node_a, node_b) as node_a,
            coalesce(node_b, node_a) as node_b
        from ({{ edges_sql }}) as edges
        where change = 'stands'
    ) as standing
    inner join opened as left_end on left_end.node = standing.node_a
    inner join opened as right_end on right_end.node = standing.node_b
    where right_end.node <> ''
    union all
    {%- endif %}
    select
        coalesce(left_end.stand_in, added.node_a) as node_a,
        coalesce(right_end.stand_in, added.node_b) as node_b
    from {{ differing }} as added
    left join standing_for as left_end on left_end.node = added.node_a
    left join standing_for as right_end on right_end.node = added.node_b
    where added.change = 'written'
{%- endmacro %}
