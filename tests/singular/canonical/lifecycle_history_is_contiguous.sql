-- I9. The stays of a subject are numbered without gaps, each begins where and when the one before
-- ended, only the last is open, it is what lifecycle_current says, and every stage is approved. If
-- this fails, look at the subject in canonical.stage_assertion.
with stays as (
    select
        *,
        row_number() over (partition by subject_type, subject_id order by seq) as place,
        lag(to_stage) over (partition by subject_type, subject_id order by seq) as stage_before,
        lag(exited_at) over (partition by subject_type, subject_id order by seq) as exit_before,
        lead(seq) over (partition by subject_type, subject_id order by seq) is null as is_last
    from {{ ref('lifecycle_history') }}
),

today as (
    select * from {{ ref('lifecycle_current') }}
),

stages as (
    select distinct stage, stage_rank from {{ ref('policy_lifecycle_stage') }}
),

joined as (
    select
        coalesce(stays.subject_type, today.subject_type) as subject_type,
        coalesce(stays.subject_id, today.subject_id) as subject_id,
        stays.seq,
        case
            when stays.seq is null then 'current without a history'
            when stays.seq <> stays.place then 'numbers with a gap'
            when stays.place > 1 and coalesce(stays.exit_before <> stays.entered_at, true)
                then 'gap or overlap in time'
            when stays.place > 1 and coalesce(stays.from_stage <> stays.stage_before, true)
                then 'comes from another stage than the one before'
            when stays.exited_at < stays.entered_at then 'ends before it begins'
            when (stays.exited_at is null) <> stays.is_last then 'open before the last, or closed at the end'
            when stays.is_last and coalesce(
                today.stage <> stays.to_stage
                or today.entered_at <> stays.entered_at
                or today.cycle_no <> stays.cycle_no, true
            ) then 'lifecycle_current says otherwise'
            when stages.stage is null then 'a stage that nobody approved'
        end as problem
    from stays
    full outer join today
        on stays.subject_type = today.subject_type
            and case when stays.is_last then stays.subject_id end = today.subject_id
    left join stages
        on stays.to_stage = stages.stage
            and stays.stage_rank = stages.stage_rank
)

select subject_type, subject_id, seq, problem
from joined
where problem is not null
