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
    {{ rows_of(
        {'connector': 'string', 'source_object': 'string', 'column_name': 'string', 'status': 'string'},
        rows | unique | sort | list
    ) }}
{%- endmacro %}
