{# How DuckDB is to pack text columns of the model at hand, {column: algorithm}, where it would choose worse
   of its own accord; nothing but for appended raw rows, models that have a row for each event
   (`replace_known`), and models with the config `packed`. `false` is for work tables of one build, of which
   every column is written as it is: to look for the best packing takes longer than to write and read them;
   `where_whole` for those that hold everything in a build from nothing, and little later. Columns of the
   config `unpacked` are looked through so often that unpacking them costs more than the room is worth. JSON texts are packed as long texts: else it looks for pieces that they share, which
   takes three times as long. Hashes, of which no two are alike, are written as they are, in a fifth of
   the time: packed, they would take half the room. #}
{% macro packing() -%}
    {%- set raw = landing_declaration(*model.name[4:].split('__')) if model.name.startswith('stg_') else {} -%}
    {%- set choice = config.get('packed', true) -%}
    {%- if not choice or (choice == 'where_whole' and is_anything_settled()) -%}
        {{ return({'*': 'uncompressed'}) }}
    {%- endif -%}
    {%- set is_raw, packed = raw.get('load') == 'append', {} -%}
    {%- for column in config.get('unpacked', []) -%}
        {%- do packed.update({column: 'uncompressed'}) -%}
    {%- endfor -%}
    {%- if is_raw or config.get('incremental_strategy') == 'replace_known' -%}
        {%- for hash in ['_content_hash', 'source_record_id', 'event_id', 'record_number'] -%}
            {%- do packed.update({hash: 'uncompressed'}) -%}
        {%- endfor -%}
    {%- endif -%}
    {%- for column in raw.get('columns', []) if is_raw and column.data_type == 'json' -%}
        {%- do packed.update({column.name: 'zstd'}) -%}
    {%- endfor -%}
    {{ return(packed) }}
{%- endmacro %}
