{# What the YAML declares about one raw object: its own and its source's meta in one mapping, and
   its columns in declared order. `object` none gives a list of all objects of the connector, or of
   those that hold `entity`. #}
{% macro landing_declaration(connector, object=none, entity=none) -%}
    {%- set found, nodes = [], graph.sources.values() | selectattr('source_name', 'equalto', connector) -%}
    {%- if object is not none -%}{%- set nodes = nodes | selectattr('name', 'equalto', object) -%}{%- endif -%}
    {%- for node in nodes | sort(attribute='unique_id') -%}
        {%- set meta = dict(node.source_meta or {}) -%}
        {%- do meta.update((node.config or {}).get('meta') or node.meta or {}) -%}
        {%- if entity in (none, meta.get('entity')) -%}
            {%- set columns = [] -%}
            {%- for column in node.columns.values() -%}
                {%- set about = dict(column.meta or {}) -%}
                {%- do about.update((column.config or {}).get('meta') or {}) -%}
                {%- do about.update({
                    'name': column.name,
                    'description': column.description,
                    'data_type': column.data_type or 'string',
                    'time_zone': about.get('time_zone', meta.get('time_zone')),
                    'date_order': about.get('date_order', meta.get('date_order', 'ymd')),
                    'decimal': about.get('decimal', meta.get('decimal', 'point')),
                }) -%}
                {%- do columns.append(about) -%}
            {%- endfor -%}
            {%- do meta.update({'connector': connector, 'object': node.name, 'columns': columns}) -%}
            {%- do found.append(meta) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if object is none -%}{{ return(found) }}{%- endif -%}
    {%- if not found -%}
        {{ exceptions.raise_compiler_error(connector ~ '.' ~ object ~ ' is not declared in a sources YAML.') }}
    {%- endif -%}
    {{ return(found[0]) }}
{%- endmacro %}
