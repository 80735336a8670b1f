{# Follow each node through the rounds to its last representative; name the component after its
   smallest node. #}
{% macro components_labels(model_relation, edges_sql, rounds) -%}
    with nodes as (
        {{ components_nodes(edges_sql) }}
    ),

    labelled as (
        select
            nodes.node,
            coalesce(
                {%- for round in range(rounds, 0, -1) %} round_{{ round }}.rep,{% endfor %} nodes.node_id
            ) as label
        from nodes
        {%- for round in range(1, rounds + 1) %}
        left join {{ components_work(model_relation, 'reps_' ~ round) }} as round_{{ round }}
            on round_{{ round }}.v = coalesce(
                {%- for earlier in range(round - 1, 0, -1) %}round_{{ earlier }}.rep, {% endfor -%}
                nodes.node_id)
        {%- endfor %}
    ),

    named as (
        select label, min(node) as component
        from labelled
        group by label
    )

    select labelled.node, named.component
    from labelled
    inner join named on named.label = labelled.label
{%- endmacro %}
