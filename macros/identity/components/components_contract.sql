{# Contract the edges until none is left, and return the number of rounds that took. Edges left after
   max_rounds end the build: a partial labelling never comes out. #}
{% macro components_contract(model_relation, edges_sql, max_rounds, permute_after) -%}
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
    {%- do log(model_relation.identifier ~ ": components after " ~ run.rounds ~ " round(s)") -%}
    {{ return(run.rounds) }}
{%- endmacro %}
