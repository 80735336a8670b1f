{# The reasons to hold back a row that every entity shares. #}
{% macro row_reasons(entity, own=[]) -%}
    {{ return([
        (entity ~ '.row.unparsable', '_unparsable is not null'),
        (entity ~ '.source_system.missing', '_unparsable is null and source_system is null'),
        (entity ~ '.source_record_id.missing', '_unparsable is null and source_record_id is null'),
    ] + own) }}
{%- endmacro %}
