{# The names that the objects of a connector may have in the exports: their own and their aliases. #}
{% macro object_names(connector) -%}
    {%- set names = [] -%}
    {%- for table in landing_declaration(connector) -%}
        {%- do names.extend([table.object] + (table.get('object_aliases') or [])) -%}
    {%- endfor -%}
    {{ return(names) }}
{%- endmacro %}
