{# The table of what was erased: identifiers (keyed hashes), requests or held fields. #}
{% macro erasure_ledger(name) -%}
    {{ return(api.Relation.create(target.database, 'staging', 'erased_' ~ name)) }}
{%- endmacro %}
