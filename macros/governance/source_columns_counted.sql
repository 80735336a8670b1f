{# For each declared raw column of the connectors that are on: rows, values, values that could not be
   read, and when the newest row was loaded, as a CTE body. #}
{% macro source_columns_counted() -%}
    {%- if not execute -%}{{ return('select null as connector') }}{%- endif -%}
    {%- for table in landing_declarations() -%}
        {%- set landed = api.Relation.create(
            vault_database(), 'staging', 'stg_' ~ table.connector ~ '__' ~ table.object
        ) -%}
        {%- set columns = {} -%}
        {%- for column in table.columns -%}
            {%- do columns.update({column.name:
                unreadable([column.name]) if column.data_type != 'string' else none}) -%}
        {%- endfor %}
    select '{{ table.connector }}' as connector, '{{ table.object }}' as source_object, counted.*
    from (
        {{ column_counts(
            landed_rows(landed, table) if table.get('load') == 'append' else landed, columns,
            'max(_loaded_at) as newest_loaded_at'
        ) }}
    ) as counted
    {{ 'union all' if not loop.last }}
    {%- endfor %}
{%- endmacro %}
