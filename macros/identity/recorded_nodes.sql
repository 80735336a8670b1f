{# CTEs that end in `recorded`: the nodes of clusters, each with what its record says. `nodes` is a CTE of
   record_key and cluster, `checked` the accepted records. A node without a record is an id that its system
   merged away. #}
{% macro recorded_nodes(nodes, checked) -%}
    records as (
        select
            checked.record_key,
            min(checked.source_system) as source_system,
            min(checked.source_record_id) as source_record_id,
            min(checked.created_at) as created_at,
            min(coalesce(checked.created_at, checked.record_updated_at)) as known_since,
            min(case when checked.is_deleted then 1 else 0 end) = 1 as is_deleted
        from {{ checked }} as checked
        inner join {{ nodes }}
            on checked.record_key = {{ nodes }}.record_key
        where checked.is_current and {{ nodes }}.record_key <> ''
        group by checked.record_key
    ),

    recorded as (
        select
            nodes.record_key,
            nodes.cluster,
            records.record_key is null as is_merged_away,
            coalesce(records.is_deleted, false) as is_deleted,
            records.source_system,
            records.source_record_id,
            records.created_at,
            records.known_since
        from {{ nodes }} as nodes
        left join records
            on nodes.record_key = records.record_key
    )
{%- endmacro %}
