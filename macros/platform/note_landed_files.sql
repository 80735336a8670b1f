{# Writes into the ledger which files of an appended object are landed now, and in which landing. A
   table stands there as one file without a name: its rows tell themselves which of them are new. #}
{% macro note_landed_files(table) -%}
    {%- set fresh = {'': ''} if reads_tables() else export_files({
        'connector': table.connector,
        'names': [table.object] + (table.get('object_aliases') or []),
        'known': landed_files(table),
    }).files -%}
    {%- set of_object = "connector = '" ~ table.connector ~ "' and source_object = '" ~ table.object ~ "'" -%}
    {%- for file, fingerprint in fresh.items() -%}
        {%- set name = "'" ~ file | replace("'", "''") ~ "'" -%}
        {%- do run_query(
            'delete from ' ~ landing_ledger() ~ ' where ' ~ of_object ~ ' and file_name = ' ~ name
        ) -%}
        {%- do run_query(
            'insert into ' ~ landing_ledger() ~ " select '" ~ table.connector ~ "', '" ~ table.object
            ~ "', " ~ name ~ ", '" ~ fingerprint ~ "', " ~ newest_landing()
        ) -%}
    {%- endfor -%}
{%- endmacro %}
