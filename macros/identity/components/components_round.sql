{# The statements of one round: representatives of the nodes that still have an edge, then the edges that
   remain. In the first round nearly all nodes hook to the middle of a star, from where a jump leads nowhere. #}
{% macro components_round(model_relation, round, permute_after) -%}
    {%- set edges = components_work(model_relation, 'edges_' ~ round) -%}
    {%- set reps = components_work(model_relation, 'reps_' ~ round) -%}
    {%- set statements = [] -%}
    {%- if round == permute_after + 1 -%}
        {%- do statements.extend(
            components_make(model_relation, 'numbers', components_numbers(edges))) -%}
    {%- endif -%}
    {%- if round > permute_after -%}
        {%- set numbers = components_work(model_relation, 'numbers') -%}
        {%- set hooks = components_permuted_hooks(edges, numbers, round) -%}
    {%- else -%}
        {%- set hooks = components_hooks(edges) -%}
    {%- endif -%}
    {%- do statements.extend(
        components_make(
            model_relation, 'reps_' ~ round, components_jumps(hooks, 0 if round == 1 else 2))) -%}
    {%- do statements.extend(components_make(
        model_relation, 'edges_' ~ (round + 1), components_contracted(edges, reps))) -%}
    {{ return(statements + ['drop table ' ~ edges]) }}
{%- endmacro %}
