{# Which of a record's versions with the same disposition a row is: 1 is the latest. #}
{% macro version_place() -%}
    row_number() over (
        partition by source_system, source_object, source_record_id, disposition
        order by
            record_updated_at desc nulls last,
            _loaded_at desc nulls last,
            _content_hash desc nulls last
    )
{%- endmacro %}
