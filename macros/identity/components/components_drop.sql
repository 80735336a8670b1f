{# The statements that drop the work tables of a run that took this many rounds. #}
{% macro components_drop(model_relation, rounds) -%}
    {%- set steps = ['edges', 'nodes', 'numbers', 'reps', 'edges_' ~ (rounds + 1), 'ends_' ~ rounds, 'named']
        + components_steps_of_change() -%}
    {%- set statements = [] -%}
    {%- for step in steps -%}
        {%- do statements.append('drop table if exists ' ~ components_work(model_relation, step)) -%}
    {%- endfor -%}
    {{ return(statements) }}
{%- endmacro %}
