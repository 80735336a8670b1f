{# Who makes what out of what, as a CTE body: one row per arrow of dbt's graph (source to staging,
   model to model, table to exposure), and one per raw column and the field of intake that it feeds. #}
{% macro contract_edges() -%}
    {%- set rows, everything = {}, {} -%}
    {%- for part in ('sources', 'nodes', 'exposures') -%}
        {%- do everything.update(graph.get(part) or {}) -%}
    {%- endfor -%}
    {%- for node in everything.values() if node.resource_type in ('model', 'seed', 'snapshot', 'exposure') -%}
        {%- for producer in node.depends_on.nodes if producer in everything -%}
            {%- set row = ['table'] + lineage_end(everything[producer]) + lineage_end(node) -%}
            {%- do rows.update({row | join(' '): row}) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- for table in landing_declarations() -%}
        {%- for column in table.columns -%}
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
