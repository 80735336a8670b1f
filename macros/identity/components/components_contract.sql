{# Contract the edges until none is left, name what they leave, and return the number of rounds that took.
   Two nodes of one hash would melt together and end the build, as edges left after max_rounds do: a
   partial labelling never comes out. #}
{% macro components_contract(model_relation, edges_sql, max_rounds, permute_after) -%}
    {%- set nodes = components_work(model_relation, 'nodes') -%}
    {%- set collisions = count_after(
        '(select 1 from ' ~ nodes ~ ' group by node_id having count(*) > 1) as melted',
        components_make(model_relation, 'nodes', components_nodes(edges_sql))) -%}
    {%- if collisions > 0 -%}
        {%- do components_fail(model_relation, 0, collisions
            ~ " node(s) have the hash of another one; the table was not changed") -%}
    {%- endif -%}

    {%- set run = namespace(rounds=0, edges_left=count_after(
        components_work(model_relation, 'edges_1'),
        components_make(model_relation, 'edges_1', components_input(edges_sql)))) -%}
    {%- for round in range(1, max_rounds + 1) -%}
        {%- if run.edges_left == 0 -%}{%- break -%}{%- endif -%}
        {%- set run.rounds = round -%}
        {%- set run.edges_left = count_after(
            components_work(model_relation, 'edges_' ~ (round + 1)),
            components_round(model_relation, round, permute_after)) -%}
    {%- endfor -%}

    {%- if run.edges_left > 0 -%}
        {%- do components_fail(model_relation, run.rounds, run.edges_left ~ " edge(s) left after "
            ~ run.rounds ~ " rounds (max_rounds); the table was not changed") -%}
    {%- endif -%}
    {%- do run_statements(
        components_make(model_relation, 'named', components_named(model_relation, run.rounds))) -%}
    {%- do log(model_relation.identifier ~ ": components after " ~ run.rounds ~ " round(s)") -%}
    {{ return(run.rounds) }}
{%- endmacro %}
