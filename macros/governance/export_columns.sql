{# What the exports hold against what is declared, as a CTE body: one row per column of each raw
   object, one per file that belongs to no object or to an earlier export of one, and one per folder
   that belongs to no connector. #}
{% macro export_columns() -%}
    {%- if not execute -%}{{ return('select null as connector') }}{%- endif -%}
    {%- set rows = [] -%}
    {%- for connector in connectors() -%}
        {%- for table in landing_declaration(connector) -%}
            {%- for scan in raw_scans(table, source_relation(table)) -%}
                {%- for file in scan.get('earlier') or [] -%}
                    {%- do rows.append((connector, file, '*', 'earlier_file')) -%}
                {%- endfor -%}
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
        {%- for file in unread_files(connector, object_names(connector)) -%}
            {%- do rows.append((connector, file, '*', 'unread_file')) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- for folder in unread_folders(connectors()) -%}
        {%- do rows.append((folder, folder, '*', 'unread_folder')) -%}
    {%- endfor -%}
    {{ rows_of(
        {'connector': 'string', 'source_object': 'string', 'column_name': 'string', 'status': 'string'},
        rows | unique | sort | list
    ) }}
{%- endmacro %}
