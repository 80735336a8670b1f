{# For each column of some published tables: rows and values, as a CTE body. `tables` holds refs. #}
{% macro published_columns_counted(tables) -%}
    {%- if not execute -%}{{ return('select null as table_name') }}{%- endif -%}
    {%- for table in tables -%}
        {%- set columns = {} -%}
        {%- for column in published_node(table).columns.values() -%}
            {%- do columns.update({column.name: none}) -%}
        {%- endfor %}
    select '{{ table.schema }}.{{ table.identifier }}' as table_name, counted.*
    from (
        {{ column_counts(table, columns) }}
    ) as counted
    {{ 'union all' if not loop.last }}
    {%- endfor %}
{%- endmacro %}
