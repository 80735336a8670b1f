{# The statements of one round: put aside what can never be, join what is sure, and go on with what that
   leaves. #}
{% macro admission_round(model_relation, round) -%}
    {%- set edges = admission_work(model_relation, 'edges', round - 1) -%}
    {%- set held = admission_work(model_relation, 'held', round - 1) -%}
    {%- set labels = admission_work(model_relation, 'labels', round - 1) -%}
    {%- set agreed = admission_work(model_relation, 'agreed') -%}
    {%- set open = admission_work(model_relation, 'open') -%}
    {%- set reps = admission_work(model_relation, 'reps') -%}
    {%- set sure = '(' ~ admission_sure(open, held) ~ ') as sure' -%}
    {{ return(
        work_table(open, admission_open(edges, held, agreed))
        + work_table(reps, components_jumps(components_hooks(sure)))
        + work_table(
            admission_work(model_relation, 'edges', round), admission_contracted(open, reps))
        + work_table(admission_work(model_relation, 'held', round), admission_pooled(held, reps))
        + work_table(
            admission_work(model_relation, 'labels', round), admission_relabelled(labels, reps))
        + ['drop table ' ~ edges, 'drop table ' ~ held, 'drop table ' ~ labels]
    ) }}
{%- endmacro %}
