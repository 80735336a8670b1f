{# Writes into the ledger which files of an appended object are landed now, and in which landing. A
   table stands there as one file without a name: its rows tell themselves which of them are new. #}
{% macro note_landed_files(table) -%}
    {%- set fresh = {'': ''} if reads_tables() else export_files({
        'connector': table.connector,
        'names': [table.object] + (table.get('object_aliases') or []),
        'known': landed_files(table),
    }).files -%}
    {%- set landing = run_query('select ' ~ newest_landing()).rows[0][0] if fresh -%}
    {%- set names, rows = [], [] -%}
    {%- for file, fingerprint in fresh.items() -%}
        {%- set name = "'" ~ file | replace("'", "''") ~ "'" -%}
        {%- do names.append(name) -%}
        {%- do rows.append(
            "('" ~ table.connector ~ "', '" ~ table.object ~ "', " ~ name ~ ", '" ~ fingerprint ~ "', "
            ~ landing ~ ')'
        ) -%}
    {%- endfor -%}
    {%- if names -%}
        {%- do run_query(
            'delete from ' ~ landing_ledger() ~ " where connector = '" ~ table.connector
            ~ "' and source_object = '" ~ table.object ~ "' and file_name in (" ~ names | join(', ') ~ ')'
        ) -%}
        {%- do run_query('insert into ' ~ landing_ledger() ~ ' values ' ~ rows | join(', ')) -%}
    {%- endif -%}
{%- endmacro %}
