-- Grain: one person record, or one record id that its system merged away, with the records that are
-- the same person: its component, or the part of it that the guards left whole.
with components as (
    select node, component from {{ ref('int_identity__components') }}
),

admitted as (
    select node, cluster from {{ ref('int_identity__admitted') }}
),

records as (
    select
        record_key,
        min(source_system) as source_system,
        min(source_record_id) as source_record_id,
        min(created_at) as created_at,
        min(coalesce(created_at, record_updated_at)) as known_since,
        min(case when is_deleted then 1 else 0 end) = 1 as is_deleted
    from {{ ref('int_person__checked') }}
    where is_current
    group by record_key
),

-- The root is the oldest record. A new person is named after it.
ranked as (
    select
        components.node as record_key,
        coalesce(admitted.cluster, components.component) as cluster,
        records.source_system,
        records.source_record_id,
        records.known_since,
        coalesce(records.is_deleted, false) as is_deleted,
        records.record_key is null as is_merged_away,
        row_number() over (
            partition by coalesce(admitted.cluster, components.component)
            order by
                case when records.record_key is null then 1 else 0 end,
                records.created_at nulls last,
                components.node
        ) as place
    from components
    left join admitted
        on components.node = admitted.node
    left join records
        on components.node = records.record_key
),

roots as (
    select cluster, record_key as root_record_key
    from ranked
    where place = 1
),

clusters as (
    select
        ranked.record_key,
        ranked.cluster,
        roots.root_record_key,
        ranked.place = 1 as is_root,
        ranked.is_merged_away,
        ranked.is_deleted,
        ranked.source_system,
        ranked.source_record_id,
        ranked.known_since
    from ranked
    inner join roots
        on ranked.cluster = roots.cluster
)

select * from clusters
