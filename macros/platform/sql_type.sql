{#- The engine's name of one of our column types. -#}
{% macro sql_type(type) %}
    {{- return(adapter.dispatch('sql_type', 'customer_data_model')(type)) -}}
{% endmacro %}

{% macro default__sql_type(type) %}
    {%- set names = {
        'string': dbt.type_string(), 'json': dbt.type_string(), 'int': dbt.type_int(),
        'bigint': dbt.type_bigint(), 'boolean': dbt.type_boolean(), 'date': 'date',
        'timestamp': dbt.type_timestamp(), 'decimal': 'decimal(18, 4)', 'double': dbt.type_float(),
    } -%}
    {%- if type not in names -%}
        {{- exceptions.raise_compiler_error("sql_type: unknown type " ~ type) -}}
    {%- endif -%}
    {{- names[type] -}}
{% endmacro %}

{% macro duckdb__sql_type(type) %}
    {%- set names = {
        'string': 'varchar', 'json': 'varchar', 'int': 'integer', 'bigint': 'bigint',
        'boolean': 'boolean', 'date': 'date', 'timestamp': 'timestamp',
        'decimal': 'decimal(18, 4)', 'double': 'double',
    } -%}
    {%- if type not in names -%}
        {{- exceptions.raise_compiler_error("sql_type: unknown type " ~ type) -}}
    {%- endif -%}
    {{- names[type] -}}
{% endmacro %}
