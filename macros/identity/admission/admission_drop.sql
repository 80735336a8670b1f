{# Drop the work tables, those of a killed run too. #}
{% macro admission_drop(model_relation) -%}
    {%- set steps = ['input', 'nodes', 'labels', 'edges', 'held', 'open', 'sure', 'reps'] -%}
    {%- for step in steps -%}
        {%- do adapter.drop_relation(components_work(model_relation, step)) -%}
        {%- do adapter.drop_relation(components_work(model_relation, step ~ '_next')) -%}
    {%- endfor -%}
{%- endmacro %}
