{# What the exports hold against what is declared, as a CTE body: one row per column of each raw
   object, and one per file that belongs to no object. #}
{% macro export_columns() -%}
    {%- if not execute -%}{{ return('select null as connector') }}{%- endif -%}
    {%- set rows = [] -%}
    {%- for connector in connectors() -%}
        {%- set names = [] -%}
        {%- for table in landing_declaration(connector) -%}
            {%- do names.extend([table.object] + (table.get('object_aliases') or [])) -%}
            {%- for scan in raw_scans(table, source_relation(table)) -%}
                {%- set found = resolve_columns(table, scan) -%}
                {%- for column in table.columns if column.name in found.declared -%}
                    {%- do rows.append((connector, table.object, column.name, 'declared')) -%}
                {%- endfor -%}
                {%- for column in found.missing -%}
                    {%- do rows.append((connector, table.object, column.name, 'missing_optional')) -%}
                {%- endfor -%}
                {%- for column in found.undeclared -%}
                    {%- do rows.append((connector, table.object, column.raw_name, 'undeclared')) -%}
                {%- endfor -%}
            {%- endfor -%}
        {%- endfor -%}
        {%- for file in unread_files(connector, names) -%}
            {%- do rows.append((connector, file, '*', 'unread_file')) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- for connector, object, column, status in rows | unique | sort %}
    select
        {{ dbt.string_literal(connector) }} as connector,
        {{ dbt.string_literal(dbt.escape_single_quotes(object)) }} as source_object,
        {{ dbt.string_literal(dbt.escape_single_quotes(column)) }} as column_name,
        '{{ status }}' as status
    {{ 'union all' if not loop.last }}
    {%- else %}
    select null as connector, null as source_object, null as column_name, null as status
    where 1 = 0
    {%- endfor %}
{%- endmacro %}
