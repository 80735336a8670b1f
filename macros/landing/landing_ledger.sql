{# The table of landed files: which file of an appended object was landed in which landing. #}
{% macro landing_ledger() -%}
    {{ return(api.Relation.create(vault_database(), 'staging', 'landed_file')) }}
{%- endmacro %}
