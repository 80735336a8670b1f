{# The fields of one entity that declare rules for intake: columns of published tables made of it, and
   raw columns that map to it. A rule of a raw column holds for its connector's object alone; one that
   says `intake: false` is asked of the published table alone. #}
{% macro rule_places(entity) -%}
    {%- set places = [] -%}
    {%- for node in graph.nodes.values() | selectattr('resource_type', 'equalto', 'model') | sort(attribute='unique_id') -%}
        {%- set meta = node.config.get('meta') or {} -%}
        {%- if meta.get('contract_version') and node.version == node.latest_version
            and meta.get('entity', node.name) == entity -%}
            {%- for column in node.columns.values() -%}
                {%- set about = (column.config or {}).get('meta') or {} -%}
                {%- do places.append({
                    'table': node.name, 'column': column.name,
                    'field': about.get('intake_field', column.name),
                    'owner': about.get('business_owner') or meta.get('business_owner'),
                    'rules': (about.get('rules') or []) | rejectattr('intake', 'equalto', false) | list,
                }) -%}
            {%- endfor -%}
        {%- endif -%}
    {%- endfor -%}
    {%- for table in landing_declarations(entity) -%}
        {%- for column in table.columns -%}
            {%- for target in fields_fed(column) if target.startswith(entity ~ '.') -%}
                {%- do places.append({
                    'table': table.connector ~ '.' ~ table.object, 'column': column.name,
                    'field': target.split('.')[1],
                    'connector': table.connector, 'object': table.object,
                    'owner': column.get('business_owner') or table.get('business_owner'),
                    'rules': column.get('rules') or [],
                }) -%}
            {%- endfor -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(places | selectattr('rules') | list) }}
{%- endmacro %}
