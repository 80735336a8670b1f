{# The statements that drop the work tables of a run that took this many rounds. #}
{% macro components_drop(model_relation, rounds) -%}
    {%- set steps = ['edges', 'numbers', 'edges_' ~ (rounds + 1), 'labelled', 'named']
        + components_steps_of_change() -%}
    {%- for round in range(1, rounds + 1) -%}{%- do steps.append('reps_' ~ round) -%}{%- endfor -%}
    {%- set statements = [] -%}
    {%- for step in steps -%}
        {%- do statements.append('drop table if exists ' ~ components_work(model_relation, step)) -%}
    {%- endfor -%}
    {{ return(statements) }}
{%- endmacro %}
