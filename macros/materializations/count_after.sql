{# How many rows a relation has once these statements have run. #}
{% macro count_after(relation, statements=[]) -%}
    {%- set counted = run_statements(statements + ['select count(*) from ' ~ relation], fetch_result=True) -%}
    {{ return(counted.columns[0].values()[0] | int) }}
{%- endmacro %}
