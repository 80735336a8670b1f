{# The statements of one round: representatives of the nodes that still have an edge, then the edges that
   remain. In the first round, which goes by names, nearly all nodes hook to the middle of a star: there a
   jump leads nowhere, and whom they hook to was found with the nodes. #}
{% macro components_round(model_relation, round, permute_after) -%}
    {%- set edges = components_work(model_relation, 'edges_' ~ round) -%}
    {%- set reps = components_work(model_relation, 'reps') -%}
    {%- set statements = [] -%}
    {%- if round == permute_after + 1 -%}
        {%- do statements.extend(
            components_make(model_relation, 'numbers', components_numbers(edges))) -%}
    {%- endif -%}
    {%- if round == 1 -%}
        {%- set nodes = components_work(model_relation, 'nodes') -%}
        {%- set reps = '(select node_id as v, rep from ' ~ nodes ~ ' where rep is not null)' -%}
    {%- else -%}
        {%- if round > permute_after -%}
            {%- set numbers = components_work(model_relation, 'numbers') -%}
            {%- set hooks = components_permuted_hooks(edges, numbers, round) -%}
        {%- else -%}
            {%- set hooks = components_hooks(edges) -%}
        {%- endif -%}
        {%- do statements.extend(
            components_make(model_relation, 'reps', components_jumps(hooks))
                + components_make(
                    model_relation, 'ends_' ~ round, components_ends(model_relation, round))
                + ['drop table if exists ' ~ components_work(model_relation, 'ends_' ~ (round - 1))]) -%}
    {%- endif -%}
    {%- do statements.extend(components_make(
        model_relation, 'edges_' ~ (round + 1), components_contracted(edges, reps))) -%}
    {{ return(statements + ['drop table ' ~ edges]) }}
{%- endmacro %}
