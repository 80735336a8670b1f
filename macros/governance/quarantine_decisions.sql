{# The table of what stewards decided about rows in quarantine: the last decision on each row. #}
{% macro quarantine_decisions() -%}
    {{ return(api.Relation.create(target.database, 'staging', 'quarantine_decision')) }}
{%- endmacro %}
