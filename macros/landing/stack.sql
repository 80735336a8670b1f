{# Stacks the maps of one entity, of all connectors that are on, into the entity's one shape.
   A column that a map does not have is null. #}
{% macro stack(entity) -%}
    {%- set columns = entity_columns(entity) -%}
    {%- set having = [] -%}
    {%- for connector in connectors() if entity in var('connectors')[connector] -%}
        {%- do having.append(connector) -%}
    {%- endfor -%}
    {%- for connector in having %}
    {%- set mapped = ref('map_' ~ connector ~ '__' ~ entity) %}
    {%- set present = (adapter.get_columns_in_relation(mapped) if execute else []) | map(attribute='name') | map('lower') | list %}
    {% if not loop.first %}union all{% endif %}
    select
        {%- for column in provenance_columns() %}
        {{ column }},
        {%- endfor %}
        {%- for name, type in columns.items() %}
        cast({{ name if name in present else 'null' }} as {{ type }}) as {{ name }}{{ ',' if not loop.last }}
        {%- endfor %}
    from {{ mapped }}
    {%- else %}
    select
        {%- for column, type in provenance_columns().items() %}
        cast(null as {{ type }}) as {{ column }},
        {%- endfor %}
        {%- for name, type in columns.items() %}
        cast(null as {{ type }}) as {{ name }}{{ ',' if not loop.last }}
        {%- endfor %}
    where 1 = 0
    {%- endfor %}
{%- endmacro %}
