{# Drop the work tables of a run that took this many rounds. #}
{% macro components_drop(model_relation, rounds) -%}
    {%- do adapter.drop_relation(components_work(model_relation, 'nodes')) -%}
    {%- do adapter.drop_relation(components_work(model_relation, 'numbers')) -%}
    {%- do adapter.drop_relation(components_work(model_relation, 'edges_' ~ (rounds + 1))) -%}
    {%- for round in range(1, rounds + 1) -%}
        {%- do adapter.drop_relation(components_work(model_relation, 'reps_' ~ round)) -%}
    {%- endfor -%}
{%- endmacro %}
