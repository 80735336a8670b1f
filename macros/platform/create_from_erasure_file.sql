{# Statement: one table of the ledger of erasures, with its columns as text. On DuckDB it is read from
   the warehouse's folder `erasure`, what a legal hold keeps from a file that cdm.database attaches;
   elsewhere the table itself is the ledger and is kept. #}
{% macro create_from_erasure_file(relation, name, columns) -%}
    {{ return(adapter.dispatch('create_from_erasure_file', 'customer_data_model')(relation, name, columns)) }}
{%- endmacro %}

{% macro default__create_from_erasure_file(relation, name, columns) -%}
    create table if not exists {{ relation }} (
        {%- for column in columns %}
        {{ column }} {{ dbt.type_string() }}{{ ',' if not loop.last }}
        {%- endfor %}
    )
{%- endmacro %}

{% macro duckdb__create_from_erasure_file(relation, name, columns) -%}
    {%- set path = env_var('CDM_WAREHOUSE', 'warehouse') ~ '/erasure/' ~ name ~ 's.csv' -%}
    {%- set is_there = run_query(
        "select count(*) from duckdb_databases() where database_name = 'cdm_held'" if name == 'field'
        else "select count(*) from glob(" ~ text_literal(path) ~ ")"
    ).rows[0][0] -%}
    create or replace table {{ relation }} (
        {%- for column in columns %}
        {{ column }} {{ dbt.type_string() }}{{ ',' if not loop.last }}
        {%- endfor %}
    );
    {%- if is_there and name == 'field' %}
    insert into {{ relation }} select {{ columns | join(', ') }} from cdm_held.held
    {%- elif is_there %}
    insert into {{ relation }} select {{ columns | join(', ') }} from read_csv(
        {{ text_literal(path) }}, auto_detect = false, header = true, columns = {
            {%- for column in columns %}'{{ column }}': 'VARCHAR'{{ ', ' if not loop.last }}{% endfor -%}
        }
    )
    {%- endif -%}
{%- endmacro %}
