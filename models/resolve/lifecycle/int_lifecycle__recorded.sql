-- Grain: one stage that the record of a person or account shows, for those of whom no system gives
-- a history. Of several records the one that is furthest speaks.
{{ config(materialized='view') }}

with seen as (
    select * from {{ ref('int_stage__seen') }}
),

members as (
    {{ subject_members() }}
),

told as (
    select distinct subject_type, subject_id from {{ ref('int_lifecycle__asserted') }}
),

recorded as (
    select
        seen.*,
        members.subject_id,
        stages.stage,
        stages.stage_rank,
        first_value(stages.stage_rank) over (
            partition by seen.subject_type, seen.record_key
            order by seen.seen_at desc, stages.stage_rank desc
        ) as rank_now
    from seen
    inner join members
        on seen.subject_type = members.subject_type and seen.record_key = members.record_key
    inner join {{ ref('policy_lifecycle_stage') }} as stages
        on {{ stage_word('seen.lifecycle_stage') }} = stages.vendor_stage
            and {{ in_force('stages', 'seen.seen_at') }}
    left join told
        on members.subject_type = told.subject_type and members.subject_id = told.subject_id
    where told.subject_id is null
),

furthest as (
    select
        *,
        first_value(record_key) over (
            partition by subject_type, subject_id order by rank_now desc, record_key
        ) as speaking_record_key
    from recorded
)

select
    {{ surrogate_key('row', ['subject_type', 'record_key', 'stage',
        'cast(seen_at as ' ~ dbt.type_string() ~ ')']) }} as raw_row_id,
    subject_type,
    subject_id,
    record_key,
    stage,
    stage_rank,
    seen_at as changed_at,
    'record' as asserted_by,
    cast(null as {{ dbt.type_string() }}) as reason,
    connector,
    source_system,
    source_record_id,
    _loaded_at
from furthest
where record_key = speaking_record_key
