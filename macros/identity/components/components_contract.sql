{# Contract the edges until none is left, and return the number of rounds that took. Two nodes of one
   hash, or edges left after max_rounds, end the build: a partial labelling never comes out. #}
{% macro components_contract(model_relation, edges_sql, max_rounds, permute_after) -%}
    {%- do components_drop_leftovers(model_relation, max_rounds) -%}
    {%- set edges = components_work(model_relation, 'edges_1') -%}
    {%- set nodes = components_work(model_relation, 'nodes') -%}
    {%- do components_make(model_relation, 'edges_1', components_input(edges_sql)) -%}
    {%- do components_make(model_relation, 'nodes', components_nodes(edges)) -%}
    {%- set collisions = components_count(nodes, 'node <> largest_node') -%}
    {%- if collisions > 0 -%}
        {%- do components_fail(model_relation, 0, collisions
            ~ " node hash(es) stand for two nodes or more") -%}
    {%- endif -%}

    {%- set run = namespace(rounds=0, edges_left=components_count(edges, 'a <> b')) -%}
    {%- for round in range(1, max_rounds + 1) -%}
        {%- if run.edges_left == 0 -%}{%- break -%}{%- endif -%}
        {%- do components_round(model_relation, round, permute_after) -%}
        {%- set run.rounds = round -%}
        {%- set run.edges_left = components_count(
            components_work(model_relation, 'edges_' ~ (round + 1))) -%}
    {%- endfor -%}

    {%- if run.edges_left > 0 -%}
        {%- do components_fail(model_relation, run.rounds, run.edges_left ~ " edge(s) left after "
            ~ run.rounds ~ " rounds (max_rounds); the table was not changed") -%}
    {%- endif -%}
    {%- do log(model_relation.identifier ~ ": components after " ~ run.rounds ~ " round(s)") -%}
    {{ return(run.rounds) }}
{%- endmacro %}
