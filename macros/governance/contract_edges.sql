{# Who makes what out of what, as a CTE body: one row per arrow of dbt's graph (source to staging,
   model to model, table to exposure), and one per raw column and the field of intake that it feeds. #}
{% macro contract_edges() -%}
    {%- set rows, everything, ends = {}, {}, {} -%}
    {%- for part in ('sources', 'nodes', 'exposures') -%}
        {%- do everything.update(graph.get(part) or {}) -%}
    {%- endfor -%}
    {%- for id, node in everything.items()
        if node.resource_type in ('source', 'model', 'seed', 'snapshot', 'exposure') -%}
        {%- do ends.update({id: lineage_end(node)}) -%}
    {%- endfor -%}
    {%- for id, end in ends.items() -%}
        {%- for producer in (everything[id].get('depends_on') or {}).get('nodes') or [] if producer in ends -%}
            {%- set row = ['table'] + ends[producer] + end -%}
            {%- do rows.update({row | join(' '): row}) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- for table in landing_declarations() -%}
        {%- for column in table.columns if column.get('maps_to') -%}
            {%- for target in fields_fed(column) -%}
                {%- set row = ['field', 'source', table.connector ~ '.' ~ table.object ~ '.' ~ column.name, 'intake', target] -%}
                {%- do rows.update({row | join(' '): row}) -%}
            {%- endfor -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ rows_of(
        {'grain': 'string', 'producer_kind': 'string', 'producer': 'string', 'consumer_kind': 'string',
            'consumer': 'string'},
        rows.values() | sort
    ) }}
{%- endmacro %}
