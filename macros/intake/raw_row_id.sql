{# The id of a raw row: its connector, object, content and the number of the copy, never its place. #}
{% macro raw_row_id(entity, also, copy_number) -%}
    {{ surrogate_key('row', [
        'connector', 'source_object', 'coalesce(_content_hash, source_record_id)',
    ] + also + ["'" ~ entity ~ "'", copy_number]) }}
{%- endmacro %}
