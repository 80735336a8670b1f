{# What a killed run may have left where tables are not made in a transaction. #}
{% macro components_drop_leftovers(model_relation, max_rounds) -%}
    {%- set steps = ['numbers', 'edges_' ~ (max_rounds + 1)] -%}
    {%- for round in range(1, max_rounds + 1) -%}
        {%- do steps.extend(['edges_' ~ round, 'reps_' ~ round]) -%}
    {%- endfor -%}
    {%- for step in steps -%}
        {%- do drop_relation_if_exists(
            load_cached_relation(components_work(model_relation, step))) -%}
    {%- endfor -%}
{%- endmacro %}
