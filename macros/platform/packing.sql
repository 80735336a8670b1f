{# How DuckDB is to pack text columns of the model at hand, {column: algorithm}, where it would choose worse
   of its own accord. JSON texts of appended raw rows are packed as long texts: else it looks for pieces
   that they share, which takes three times as long. Hashes of rows and records, each of which is there
   once, are written as they are, in a fifth of the time, where a table has a row for each event: packed,
   they would take half the room. #}
{% macro packing() -%}
    {%- set packed = {} -%}
    {%- if config.get('incremental_strategy') in ('append', 'replace_known') -%}
        {%- for hash in ['_content_hash', 'source_record_id', 'event_id'] -%}
            {%- do packed.update({hash: 'uncompressed'}) -%}
        {%- endfor -%}
    {%- endif -%}
    {%- if model.name.startswith('stg_') -%}
        {%- set table = landing_declaration(*model.name[4:].split('__')) -%}
        {%- if table.get('load') == 'append' -%}
            {%- for column in table.columns if column.data_type == 'json' -%}
                {%- do packed.update({column.name: 'zstd'}) -%}
            {%- endfor -%}
        {%- endif -%}
    {%- endif -%}
    {{ return(packed) }}
{%- endmacro %}
