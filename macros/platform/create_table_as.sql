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

{# JSON texts of appended raw rows are packed by an algorithm for long texts (zstd): of its own accord the
   engine looks for pieces that they share, which takes three times as long and was a third of what it
   took to write a table of events. #}
{% macro duckdb__create_table_as(
    temporary, relation, compiled_code, language='sql', partitioned_by=none, sorted_by=none
) -%}
    {%- set is_landing = language == 'sql' and not temporary and model.resource_type == 'model'
        and model.name.startswith('stg_') -%}
    {%- set table = landing_declaration(*model.name[4:].split('__')) if is_landing else {} -%}
    {%- set documents = [] -%}
    {%- if table.get('load') == 'append' -%}
        {%- set documents = table.columns | selectattr('data_type', 'equalto', 'json')
            | map(attribute='name') | list -%}
    {%- endif -%}
    {%- if not documents -%}
        {{ return(dbt.duckdb__create_table_as(
            temporary, relation, compiled_code, language, partitioned_by, sorted_by
        )) }}
    {%- endif -%}
    create table {{ relation }} (
        {%- for column in adapter.get_column_schema_from_query(get_empty_subquery_sql(compiled_code)) %}
        {{ adapter.quote(column.name) }} {{ column.dtype }}
            {{- " using compression 'zstd'" if column.name in documents }}{{ ',' if not loop.last }}
        {%- endfor %}
    );
    insert into {{ relation }} {{ compiled_code }}
{%- endmacro %}
