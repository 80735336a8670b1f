{# dbt's own macro, which asks before it builds a table with a contract: has the query the agreed columns? #}
{% macro get_assert_columns_equivalent(sql) -%}
    {{ return(adapter.dispatch('get_assert_columns_equivalent', 'dbt')(sql)) }}
{%- endmacro %}

{# dbt asks the engine twice, which types the query has and what it calls those of the contract. Here the
   second question is asked only where the answer to the first is not plainly the contract. #}
{% macro duckdb__get_assert_columns_equivalent(sql) -%}
    {%- set called = {'STRING': 'VARCHAR', 'TEXT': 'VARCHAR', 'INT': 'INTEGER'} -%}
    {%- set agreed, found = [], [] -%}
    {%- for column in model.columns.values() -%}
        {%- set type = (column.data_type or '').upper().replace(' ', '').replace('NUMERIC(', 'DECIMAL(') -%}
        {%- do agreed.append(column.name ~ ' ' ~ called.get(type, type)) -%}
    {%- endfor -%}
    {%- set query = get_empty_subquery_sql(sql, config.get('sql_header')) -%}
    {%- for column in adapter.get_column_schema_from_query(query) -%}
        {%- do found.append(column.name ~ ' ' ~ column.dtype) -%}
    {%- endfor -%}
    {%- if found | sort != agreed | sort or not agreed -%}
        {{ return(dbt.default__get_assert_columns_equivalent(sql)) }}
    {%- endif -%}
{%- endmacro %}
