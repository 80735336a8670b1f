{# The fields of one entity that declare rules for intake: columns of published tables made of it, and
   raw columns that map to it. A rule of a raw column holds for its connector's object alone; one that
   says `intake: false` is asked of the published table alone. #}
{% macro rule_places(entity) -%}
    {%- set places = [] -%}
    {%- for node in published_nodes() -%}
        {%- set meta = node.config.meta -%}
        {%- if meta.get('entity', node.name) == entity and node.version == node.latest_version -%}
            {%- for column in node.columns.values() | selectattr('config.meta.rules') -%}
                {%- set about = column.config.meta -%}
                {%- do places.append({
                    'table': node.name, 'column': column.name,
                    'field': about.get('intake_field', column.name),
                    'owner': about.get('business_owner') or meta.get('business_owner'),
                    'rules': about.rules | rejectattr('intake', 'equalto', false) | list,
                }) -%}
            {%- endfor -%}
        {%- endif -%}
    {%- endfor -%}
    {%- for connector in connectors() -%}
        {%- for source in graph.sources.values() | selectattr('source_name', 'equalto', connector) | sort(attribute='unique_id') -%}
            {%- if source.columns.values() | selectattr('config.meta.rules') | list -%}
                {%- do places.extend(raw_rule_places(entity, landing_declaration(connector, source.name))) -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(places | selectattr('rules') | list) }}
{%- endmacro %}
