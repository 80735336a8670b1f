{# True for a record whose identifiers went while it stays. #}
{% macro is_anonymised(record_key) -%}
    {%- if 'identifiers' in erasure_scopes() -%}
    coalesce({{ keyed_hash(record_key, 'erasure') }} in (
        select noted.id_hash from ({{ anonymised_records() }}) as noted
    ), false)
    {%- else -%}
    false
    {%- endif -%}
{%- endmacro %}
