{# One round: put aside what can never be, join what is sure, and go on with what that leaves. #}
{% macro admission_round(model_relation) -%}
    {%- set edges = components_work(model_relation, 'edges') -%}
    {%- set held = components_work(model_relation, 'held') -%}
    {%- set labels = components_work(model_relation, 'labels') -%}
    {%- set open = components_work(model_relation, 'open') -%}
    {%- set sure = components_work(model_relation, 'sure') -%}
    {%- set reps = components_work(model_relation, 'reps') -%}
    {%- do components_make(model_relation, 'open', admission_open(edges, held)) -%}
    {%- do components_make(model_relation, 'sure', admission_sure(open, held)) -%}
    {%- do components_make(model_relation, 'reps', components_jumps(components_hooks(sure))) -%}
    {%- do admission_replace(model_relation, 'edges', admission_contracted(open, reps)) -%}
    {%- do admission_replace(model_relation, 'held', admission_pooled(held, reps)) -%}
    {%- do admission_replace(model_relation, 'labels', admission_relabelled(labels, reps)) -%}
    {%- do adapter.drop_relation(open) -%}
    {%- do adapter.drop_relation(sure) -%}
    {%- do adapter.drop_relation(reps) -%}
{%- endmacro %}
