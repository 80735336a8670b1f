{# The table of what was erased: identifiers (keyed hashes), requests or, in the vault, held fields. #}
{% macro erasure_ledger(name) -%}
    {%- set schema = 'vault' if name == 'field' else 'staging' -%}
    {{ return(api.Relation.create(vault_database(), schema, 'erased_' ~ name)) }}
{%- endmacro %}
