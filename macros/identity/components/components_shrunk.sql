{# The components that lost an edge: they are looked at anew, from their edges. One whose ends are both tied
   to a node by edges that were written is no loss: so it is when a value gets another node for its star. #}
{% macro components_shrunk(model_relation) -%}
    {%- set differing = components_work(model_relation, 'differing') -%}
    with removed as (
        select node_a, node_b from {{ differing }}
        where change = 'replaced'
    ),

    written as (
        select node_a, node_b from {{ differing }}
        where change = 'written'
    ),

    still_tied as (
        select distinct removed.node_a, removed.node_b
        from removed
        inner join written on written.node_b = removed.node_a
        where (written.node_a, removed.node_b) in (select node_a, node_b from written)
    )

    select distinct labelled.component
    from {{ model_relation }} as labelled
    inner join removed on removed.node_a = labelled.node
    left join still_tied
        on still_tied.node_a = removed.node_a and still_tied.node_b = removed.node_b
    where still_tied.node_a is null and removed.node_a <> ''
{%- endmacro %}
