-- Grain: one person record, or one record id that its system merged away, with the records that are
-- the same person: its component, or the part of it that the guards left whole.
{{ config(
    materialized='incremental',
    incremental_strategy='delete+insert',
    unique_key='record_key',
    on_schema_change='fail',
    post_hook="delete from {{ this }} where record_key in (
        select record_key from {{ ref('int_identity__reclustered') }}
        where cluster is null
    )",
) }}

with reclustered as (
    select record_key, cluster from {{ ref('int_identity__reclustered') }}
    where cluster is not null
),

records as (
    select
        checked.record_key,
        min(checked.source_system) as source_system,
        min(checked.source_record_id) as source_record_id,
        min(checked.created_at) as created_at,
        min(coalesce(checked.created_at, checked.record_updated_at)) as known_since,
        min(case when checked.is_deleted then 1 else 0 end) = 1 as is_deleted
    from {{ ref('int_person__checked') }} as checked
    inner join reclustered
        on checked.record_key = reclustered.record_key
    where checked.is_current
    group by checked.record_key
),

-- The root is the oldest record. A new person is named after it.
clusters as (
    select
        reclustered.record_key,
        reclustered.cluster,
        first_value(reclustered.record_key) over (
            partition by reclustered.cluster
            order by
                case when records.record_key is null then 1 else 0 end,
                records.created_at nulls last,
                reclustered.record_key
        ) as root_record_key,
        records.record_key is null as is_merged_away,
        coalesce(records.is_deleted, false) as is_deleted,
        records.source_system,
        records.source_record_id,
        records.known_since
    from reclustered
    left join records
        on reclustered.record_key = records.record_key
)

select
    record_key,
    cluster,
    root_record_key,
    record_key = root_record_key as is_root,
    is_merged_away,
    is_deleted,
    source_system,
    source_record_id,
    known_since
from clusters
