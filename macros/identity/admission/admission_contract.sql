{# Hear the reasons in their order until none is left, and return the number of rounds that took. As
   with connected_components, two nodes of one hash or reasons left after max_rounds end the build. #}
{% macro admission_contract(model_relation, input_sql, max_rounds) -%}
    {%- set input = admission_work(model_relation, 'input') -%}
    {%- set nodes = admission_work(model_relation, 'nodes') -%}
    {%- set collisions = count_after(
        '(select 1 from ' ~ nodes ~ ' group by node_id having count(*) > 1) as melted',
        work_table(input, admission_input(input_sql))
            + work_table(nodes, components_nodes('select node_a, node_b from ' ~ input))) -%}
    {%- if collisions > 0 -%}
        {%- do admission_fail(model_relation, 0, collisions
            ~ " node(s) have the hash of another one") -%}
    {%- endif -%}

    {%- set held = admission_work(model_relation, 'held', 0) -%}
    {%- set values = admission_work(model_relation, 'values') -%}
    {%- set run = namespace(rounds=0, edges_left=count_after(
        admission_work(model_relation, 'edges', 0),
        work_table(admission_work(model_relation, 'labels', 0),
            'select node_id, node_id as label from ' ~ nodes)
            + work_table(values, admission_values(input))
            + work_table(admission_work(model_relation, 'agreed'), admission_agreed(input, values))
            + work_table(held, admission_held(input, values))
            + work_table(admission_work(model_relation, 'edges', 0), admission_edges(input, held)))) -%}
    {%- for round in range(1, max_rounds + 1) -%}
        {%- if run.edges_left == 0 -%}{%- break -%}{%- endif -%}
        {%- set run.rounds = round -%}
        {%- set run.edges_left = count_after(
            admission_work(model_relation, 'edges', round),
            admission_round(model_relation, round)) -%}
    {%- endfor -%}

    {%- if run.edges_left > 0 -%}
        {%- do admission_fail(model_relation, run.rounds, run.edges_left ~ " reason(s) not heard after "
            ~ run.rounds ~ " rounds (max_rounds); the table was not changed") -%}
    {%- endif -%}
    {%- do log(model_relation.identifier ~ ": admitted after " ~ run.rounds ~ " round(s)") -%}
    {{ return(run.rounds) }}
{%- endmacro %}
