{# Follow each node through the rounds to its last representative, the label of its component. Who was
   no smaller neighbour's in the first round is first among its neighbours by name. #}
{% macro components_labelled(model_relation, edges_sql, rounds) -%}
    select
        nodes.node,
        coalesce(
            {%- for round in range(rounds, 0, -1) %} round_{{ round }}.rep,{% endfor %} nodes.node_id
        ) as label,
        {{ 'round_1.v is null' if rounds else 'true' }} as is_first
    from (
        {{ components_nodes(edges_sql) }}
    ) as nodes
    {%- for round in range(1, rounds + 1) %}
    left join {{ components_work(model_relation, 'reps_' ~ round) }} as round_{{ round }}
        on round_{{ round }}.v = coalesce(
            {%- for earlier in range(round - 1, 0, -1) %}round_{{ earlier }}.rep, {% endfor -%}
            nodes.node_id)
    {%- endfor %}
{%- endmacro %}
