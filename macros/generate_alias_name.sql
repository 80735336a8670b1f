{# A table's first version has the model's own name, and keeps it; each later one has its number behind
   it. So a name never comes to mean something else, and no reader has to follow a new version before
   the old one's deprecation date. #}
{% macro generate_alias_name(custom_alias_name=none, node=none) -%}
    {%- if custom_alias_name -%}
        {{ return(custom_alias_name | trim) }}
    {%- elif node.version and node.version | string != '1' -%}
        {{ return(node.name ~ '_v' ~ (node.version | string | replace('.', '_'))) }}
    {%- endif -%}
    {{ return(node.name) }}
{%- endmacro %}
