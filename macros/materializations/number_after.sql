{# The one number that a select finds once these statements have run. #}
{% macro number_after(select_sql, statements=[]) -%}
    {%- set found = run_statements(statements + [select_sql], fetch_result=True) -%}
    {{ return(found.columns[0].values()[0] | int) }}
{%- endmacro %}
