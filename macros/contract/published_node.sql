{# The graph's node of a table, found by its relation; none where the table is not of this project. #}
{% macro published_node(relation) -%}
    {%- if execute and relation is not string -%}
        {%- for node in graph.nodes.values() if node.schema == relation.schema
            and node.get('alias') == relation.identifier -%}
            {{ return(node) }}
        {%- endfor -%}
    {%- endif -%}
    {{ return(none) }}
{%- endmacro %}
