{# Adds what DuckDB's CSV reader could not read. An opened quote that never closes swallows the rest
   of its file: each of its physical lines becomes a row of its own, so that none is lost. #}
{% macro unparsable_lines(table) -%}
    {%- set root = export_files({'connector': table.connector, 'names': []}).root -%}
    insert into {{ this }} (_source_file, _source_line, _content_hash, _unparsable, _landing)
    with rejected as (
        select distinct
            scans.file_path,
            errors.line,
            errors.csv_line
        from reject_errors as errors
        inner join reject_scans as scans
            on errors.scan_id = scans.scan_id and errors.file_id = scans.file_id
    ),

    lines as (
        select
            file_path,
            line + generate_subscripts(string_split(csv_line, chr(10)), 1) - 1 as line,
            unnest(string_split(csv_line, chr(10))) as line_text
        from rejected
    )

    select
        substr(file_path, {{ root | length + 1 }}),
        line,
        md5(line_text),
        line_text,
        {{ newest_landing() if table.get('load') == 'append' else 'null' }}
    from lines
    where trim(line_text, chr(13) || ' ') <> ''
    order by file_path, line, line_text
{%- endmacro %}
