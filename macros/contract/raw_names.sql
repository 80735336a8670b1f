{# The names of the raw columns that map to a field of an entity, over all connectors. It looks at the
   graph itself: what landing_declarations makes of each column is a hundred times as much work. #}
{% macro raw_names(entity, field) -%}
    {%- set names, target = [], entity ~ '.' ~ field -%}
    {%- for source in graph.sources.values() | selectattr('source_name', 'in', connectors() if execute else []) -%}
        {%- for column in source.columns.values() -%}
            {%- set maps_to = column.config.meta.maps_to -%}
            {%- if maps_to and (maps_to == target or (maps_to is not string and target in maps_to)) -%}
                {%- do names.append(column.name) -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(names | unique | sort or [field]) }}
{%- endmacro %}
