{# Hear the reasons in their order until none is left, and return the number of rounds that took. As
   with connected_components, two nodes of one hash or reasons left after max_rounds end the build. #}
{% macro admission_contract(model_relation, input_sql, max_rounds) -%}
    {%- do admission_drop(model_relation) -%}
    {%- do components_make(model_relation, 'input', admission_input(input_sql)) -%}
    {%- set input = components_work(model_relation, 'input') -%}
    {%- do components_make(model_relation, 'nodes', components_nodes(
        'select node_a, node_b from ' ~ input)) -%}
    {%- set nodes = components_work(model_relation, 'nodes') -%}
    {%- set collisions = components_count(
        '(select 1 from ' ~ nodes ~ ' group by node_id having count(*) > 1) as melted') -%}
    {%- if collisions > 0 -%}
        {%- do admission_fail(model_relation, collisions
            ~ " node(s) have the hash of another one") -%}
    {%- endif -%}
    {%- do components_make(model_relation, 'labels',
        'select node_id, node_id as label from ' ~ nodes) -%}
    {%- do components_make(model_relation, 'edges', admission_edges(input)) -%}
    {%- do components_make(model_relation, 'held', admission_held(input)) -%}

    {%- set run = namespace(rounds=0, edges_left=components_count(
        components_work(model_relation, 'edges'))) -%}
    {%- for round in range(1, max_rounds + 1) -%}
        {%- if run.edges_left == 0 -%}{%- break -%}{%- endif -%}
        {%- do admission_round(model_relation) -%}
        {%- set run.rounds = round -%}
        {%- set run.edges_left = components_count(components_work(model_relation, 'edges')) -%}
    {%- endfor -%}

    {%- if run.edges_left > 0 -%}
        {%- do admission_fail(model_relation, run.edges_left ~ " reason(s) not heard after "
            ~ run.rounds ~ " rounds (max_rounds); the table was not changed") -%}
    {%- endif -%}
    {%- do log(model_relation.identifier ~ ": admitted after " ~ run.rounds ~ " round(s)") -%}
    {{ return(run.rounds) }}
{%- endmacro %}
