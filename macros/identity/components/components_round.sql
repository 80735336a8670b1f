{# One round: representatives of every node that still has an edge, then the edges that remain. #}
{% macro components_round(model_relation, round, permute_after) -%}
    {%- set edges = components_work(model_relation, 'edges_' ~ round) -%}
    {%- set reps = components_work(model_relation, 'reps_' ~ round) -%}
    {%- if round == permute_after + 1 -%}
        {%- do components_make(model_relation, 'numbers', components_numbers(edges)) -%}
    {%- endif -%}
    {%- if round > permute_after -%}
        {%- set numbers = components_work(model_relation, 'numbers') -%}
        {%- set hooks = components_permuted_hooks(edges, numbers, round) -%}
    {%- else -%}
        {%- set hooks = components_hooks(edges) -%}
    {%- endif -%}
    {%- do components_make(model_relation, 'reps_' ~ round, components_jumps(hooks)) -%}
    {%- do components_make(
        model_relation, 'edges_' ~ (round + 1), components_contracted(edges, reps)) -%}
    {%- do adapter.drop_relation(edges) -%}
{%- endmacro %}
