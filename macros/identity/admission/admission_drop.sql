{# The statements that drop the work tables of a run that took this many rounds. #}
{% macro admission_drop(model_relation, rounds) -%}
    {%- set statements = [] -%}
    {%- for step in ['input', 'nodes', 'values', 'agreed', 'open', 'reps'] -%}
        {%- do statements.append('drop table if exists ' ~ admission_work(model_relation, step)) -%}
    {%- endfor -%}
    {%- for step in ['labels', 'edges', 'held'] -%}
        {%- do statements.append(
            'drop table if exists ' ~ admission_work(model_relation, step, rounds)) -%}
    {%- endfor -%}
    {{ return(statements) }}
{%- endmacro %}
