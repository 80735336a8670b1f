{# What the YAML declares about all raw objects of the connectors that are on, or those that hold one
   entity: a list of landing_declaration, each with its connector and object. Empty while parsing. #}
{% macro landing_declarations(entity=none) -%}
    {%- set found = [] -%}
    {%- for connector in (connectors() if execute else []) -%}
        {%- do found.extend(landing_declaration(connector, entity=entity)) -%}
    {%- endfor -%}
    {{ return(found) }}
{%- endmacro %}
