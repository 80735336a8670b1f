{# The graph's node of a table, found by its relation; none where the table is not of this project. #}
{% macro published_node(relation) -%}
    {%- if execute and relation is not string -%}
        {{ return(
            graph.nodes.values() | selectattr('alias', 'equalto', relation.identifier)
            | selectattr('schema', 'equalto', relation.schema) | first | default(none)
        ) }}
    {%- endif -%}
    {{ return(none) }}
{%- endmacro %}
