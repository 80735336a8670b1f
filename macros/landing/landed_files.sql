{# The files of an object that earlier builds have landed, {file: fingerprint}. Objects that arrive
   whole (`load: snapshot`) are read anew each time, so none of their files counts as known. #}
{% macro landed_files(table) -%}
    {%- set known = {} -%}
    {%- if table.get('load') == 'append' and is_incremental() -%}
        {%- set rows = run_query(
            "select file_name, fingerprint from " ~ landing_ledger()
            ~ " where connector = '" ~ table.connector ~ "' and source_object = '" ~ table.object ~ "'"
        ).rows -%}
        {%- for row in rows -%}{%- do known.update({row[0]: row[1]}) -%}{%- endfor -%}
    {%- endif -%}
    {{ return(known) }}
{%- endmacro %}
