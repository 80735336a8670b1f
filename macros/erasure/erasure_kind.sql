{# By which kind of identifier a declared column tells whose row it is; none where it does not. The
   declaration may say it (`erase_by`); else the canonical column that it maps to does. #}
{% macro erasure_kind(column) -%}
    {%- set kinds = {
        'email': 'email', 'additional_emails': 'text', 'contact_point': 'contact_point',
        'actor': 'email', 'phone': 'phone', 'user_id': 'user_id', 'anonymous_id': 'cookie',
        'person_record_id': 'record', 'subject_record_id': 'record', 'properties': 'text',
        'page_location': 'text', 'referrer': 'text',
    } -%}
    {%- set target = (column.get('maps_to') or '').split('.') -%}
    {%- set kind = column.get('erase_by') or kinds.get(target[-1]) -%}
    {%- if not kind and column.get('maps_to') == 'person.source_record_id' -%}
        {%- set kind = 'record' -%}
    {%- endif -%}
    {%- if kind == 'email' and column.data_type == 'json' -%}{%- set kind = 'text' -%}{%- endif -%}
    {{ return(none if kind == 'none' or column.data_type not in ('string', 'json') else kind) }}
{%- endmacro %}
