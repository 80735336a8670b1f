{# The graph's nodes of all tables with a contract, the vault's too, in one order. #}
{% macro published_nodes() -%}
    {%- set found = [] -%}
    {%- for node in (graph.get('nodes') or {}).values() if node.resource_type == 'model' -%}
        {%- if (node.config.get('meta') or {}).get('contract_version') -%}{%- do found.append(node) -%}{%- endif -%}
    {%- endfor -%}
    {{ return(found | sort(attribute='unique_id')) }}
{%- endmacro %}
