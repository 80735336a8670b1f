{#- Run statements in their order; returns the rows of the last one where they are asked for. Where the
    engine takes them in one go they are sent so: of a small statement most is what dbt does around it. -#}
{% macro run_statements(statements, fetch_result=False) %}
    {{- return(adapter.dispatch('run_statements', 'customer_data_model')(statements, fetch_result)) -}}
{% endmacro %}

{% macro default__run_statements(statements, fetch_result) -%}
    {%- for statement_sql in statements -%}
        {%- call statement('statements', fetch_result=fetch_result and loop.last) -%}
            {{ statement_sql }}
        {%- endcall -%}
    {%- endfor -%}
    {{ return(load_result('statements').table) }}
{%- endmacro %}

{% macro duckdb__run_statements(statements, fetch_result) -%}
    {{ return(default__run_statements([statements | join(';\n')], fetch_result)) }}
{%- endmacro %}

{% macro postgres__run_statements(statements, fetch_result) -%}
    {{ return(default__run_statements([statements | join(';\n')], fetch_result)) }}
{%- endmacro %}
