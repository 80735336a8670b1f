{# Contract the edges until none is left, and return the number of rounds that took and of the hashes
   that nodes have. Edges left after max_rounds end the build: a partial labelling never comes out. #}
{% macro components_contract(model_relation, edges_sql, max_rounds, permute_after) -%}
    {%- do components_drop_leftovers(model_relation, max_rounds) -%}
    {%- do components_make(model_relation, 'edges_1', components_input(edges_sql)) -%}
    {%- set run = namespace(rounds=0, hashes=0, edges_left=components_count(
        components_work(model_relation, 'edges_1'))) -%}
    {%- for round in range(1, max_rounds + 1) -%}
        {%- if run.edges_left == 0 -%}{%- break -%}{%- endif -%}
        {%- do components_round(model_relation, round, permute_after) -%}
        {%- if round == 1 -%}
            {%- set run.hashes = components_count(components_work(model_relation, 'reps_1')) -%}
        {%- endif -%}
        {%- set run.rounds = round -%}
        {%- set run.edges_left = components_count(
            components_work(model_relation, 'edges_' ~ (round + 1))) -%}
    {%- endfor -%}

    {%- if run.edges_left > 0 -%}
        {%- do components_fail(model_relation, run.rounds, run.edges_left ~ " edge(s) left after "
            ~ run.rounds ~ " rounds (max_rounds); the table was not changed") -%}
    {%- endif -%}
    {%- do log(model_relation.identifier ~ ": components after " ~ run.rounds ~ " round(s)") -%}
    {{ return({'rounds': run.rounds, 'hashes': run.hashes}) }}
{%- endmacro %}
