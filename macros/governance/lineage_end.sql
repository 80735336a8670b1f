{# What an end of an arrow is and is called: [kind, name]. The kind of a model is its folder. #}
{% macro lineage_end(node) -%}
    {%- if node.resource_type == 'source' -%}
        {{ return(['source', node.source_name ~ '.' ~ node.name]) }}
    {%- elif node.resource_type == 'model' -%}
        {{ return([node.fqn[1], node.alias]) }}
    {%- endif -%}
    {{ return([node.fqn[1] if node.resource_type == 'seed' else node.resource_type, node.name]) }}
{%- endmacro %}
