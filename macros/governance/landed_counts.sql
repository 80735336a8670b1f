{# How many raw rows each object of the connectors that are on landed, and the sum of their hashes,
   counted in the staging tables. One select per object; the objects are those of the declarations. #}
{% macro landed_counts() -%}
    {%- if not execute -%}{{ return('select null as connector') }}{%- endif -%}
    {%- for table in landing_declarations() %}
    select
        '{{ table.connector }}' as connector,
        '{{ table.object }}' as source_object,
        '{{ table.entity }}' as entity,
        count(*) as row_count,
        {{ row_fingerprint() }} as fingerprint
    from {{ api.Relation.create(vault_database(), 'staging', 'stg_' ~ table.connector ~ '__' ~ table.object) }}
    {{ 'union all' if not loop.last }}
    {%- endfor %}
{%- endmacro %}
