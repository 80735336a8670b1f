{# Where a row comes from: the columns that every map and every intake table begins with. #}
{% macro provenance_columns() -%}
    {%- set text, moment = dbt.type_string(), dbt.type_timestamp() -%}
    {{ return({
        'connector': text,
        'source_system': text,
        'source_object': text,
        'source_record_id': text,
        'record_updated_at': moment,
        'is_deleted': dbt.type_boolean(),
        'is_derived': dbt.type_boolean(),
        '_source_file': text,
        '_source_row': dbt.type_bigint(),
        '_source_line': dbt.type_bigint(),
        '_content_hash': text,
        '_cast_failures': text,
        '_unparsable': text,
        '_loaded_at': moment,
        '_landing': dbt.type_int(),
    }) }}
{%- endmacro %}
