{# dbt's own macro: the statement that makes a table of a query. Only an engine that is asked for more than
   a table of SQL gets the arguments for it: those of others take none. #}
{% macro create_table_as(
    temporary, relation, compiled_code, language='sql', partitioned_by=none, sorted_by=none
) -%}
    {%- set of_engine = adapter.dispatch('create_table_as', 'dbt') -%}
    {%- if language == 'sql' and partitioned_by is none and sorted_by is none -%}
        {{ return(of_engine(temporary, relation, compiled_code)) }}
    {%- endif -%}
    {{ return(of_engine(
        temporary, relation, compiled_code, language, partitioned_by, sorted_by
    )) }}
{%- endmacro %}

{# A table with a contract is made by its columns anyway (get_table_columns_and_constraints). #}
{% macro duckdb__create_table_as(
    temporary, relation, compiled_code, language='sql', partitioned_by=none, sorted_by=none
) -%}
    {%- set packed = {} -%}
    {%- if language == 'sql' and not temporary and model.resource_type == 'model'
        and not config.get('contract').enforced -%}
        {%- set packed = packing() -%}
    {%- endif -%}
    {%- if not packed -%}
        {{ return(dbt.duckdb__create_table_as(
            temporary, relation, compiled_code, language, partitioned_by, sorted_by
        )) }}
    {%- endif -%}
    create table {{ relation }} (
        {%- for column in adapter.get_column_schema_from_query(get_empty_subquery_sql(compiled_code)) %}
        {{ adapter.quote(column.name) }} {{ column.dtype }}
            {%- set algorithm = packed.get(column.name, packed.get('*')) -%}
            {{- ' using compression ' ~ algorithm if algorithm }}
            {{- ',' if not loop.last }}
        {%- endfor %}
    );
    insert into {{ relation }} {{ compiled_code }};
{%- endmacro %}
