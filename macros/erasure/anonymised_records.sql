{# Query: the records whose identifiers went while they stay, as the request and the keyed hash of the
   record's name; none where nobody's did. #}
{% macro anonymised_records() -%}
    select noted.request_id, noted.id_hash
    from {{ api.Relation.create(vault_database(), 'staging', 'erased_identifier_written') }} as noted
    where noted.scope = 'identifiers' and noted.id_type = 'record'
{%- endmacro %}
