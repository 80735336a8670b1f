{# Drop the work tables of a run that took this many rounds. #}
{% macro components_drop(model_relation, rounds) -%}
    {%- for step in ['numbers', 'edges_' ~ (rounds + 1)] + components_steps_of_change() -%}
        {%- do adapter.drop_relation(components_work(model_relation, step)) -%}
    {%- endfor -%}
    {%- for round in range(1, rounds + 1) -%}
        {%- do adapter.drop_relation(components_work(model_relation, 'reps_' ~ round)) -%}
    {%- endfor -%}
{%- endmacro %}
