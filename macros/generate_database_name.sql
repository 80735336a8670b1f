{# The database of a node: `vault` stands for the one of the layers with names in clear. #}
{% macro generate_database_name(custom_database_name, node) -%}
    {%- if custom_database_name == 'vault' -%}
        {{ return(vault_database()) }}
    {%- endif -%}
    {{ return((custom_database_name or target.database) | trim) }}
{%- endmacro %}
