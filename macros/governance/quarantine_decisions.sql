{# The table of what stewards decided about rows in quarantine: the last decision on each row. #}
{% macro quarantine_decisions() -%}
    {{ return(api.Relation.create(vault_database(), 'staging', 'quarantine_decision')) }}
{%- endmacro %}
