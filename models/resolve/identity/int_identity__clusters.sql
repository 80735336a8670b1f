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

{{ recorded_nodes('reclustered', ref('int_person__checked')) }}

select
    record_key,
    cluster,
    is_merged_away,
    is_deleted,
    source_system,
    source_record_id,
    created_at,
    known_since
from recorded
