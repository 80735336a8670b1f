{# The relation of a declared raw object, without a `source()` that dbt would have to see first. #}
{% macro source_relation(table) -%}
    {%- for node in graph.sources.values() if node.source_name == table.connector and node.name == table.object -%}
        {{ return(api.Relation.create(node.database, node.schema, node.identifier)) }}
    {%- endfor -%}
{%- endmacro %}
