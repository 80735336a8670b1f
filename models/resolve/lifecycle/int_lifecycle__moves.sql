-- Grain: one move of a person or account into another stage.
with asserted as (
    select * from {{ ref('int_lifecycle__asserted') }}
),

-- At one moment the furthest stage counts; an emptied field is no stage but may go before one.
ordered as (
    select
        *,
        lag(stage) over (
            partition by subject_type, subject_id
            order by changed_at, coalesce(stage_rank, -1), source_system, source_record_id
        ) as stage_before
    from asserted
    where stage is not null
),

moves as (
    select
        *,
        row_number() over (
            partition by subject_type, subject_id
            order by changed_at, stage_rank, source_system, source_record_id
        ) as seq
    from ordered
    where stage_before is null or stage_before <> stage
),

compared as (
    select
        *,
        lag(stage) over (partition by subject_type, subject_id order by seq) as from_stage,
        lag(stage_rank) over (partition by subject_type, subject_id order by seq) as from_rank,
        lead(changed_at) over (partition by subject_type, subject_id order by seq) as exited_at
    from moves
),

ladder as (
    select distinct stage_rank from {{ ref('policy_lifecycle_stage') }} as policy
    where stage_rank >= 10 and not coalesce(is_optional, false) and {{ in_force('policy') }}
),

skipped as (
    select
        compared.subject_type,
        compared.subject_id,
        compared.seq,
        count(ladder.stage_rank) as skipped_count
    from compared
    inner join ladder
        on ladder.stage_rank > compared.from_rank
            and ladder.stage_rank < compared.stage_rank
            and compared.from_stage <> 'nurture'
    group by compared.subject_type, compared.subject_id, compared.seq
),

judged as (
    select
        compared.*,
        case
            when compared.from_stage is null then 'forward'
            when compared.stage = 'disqualified' then 'disqualify'
            when compared.stage = 'nurture' then 'recycle'
            when compared.from_stage = 'disqualified' then 'reopen'
            when compared.stage_rank < compared.from_rank then 'regress'
            when coalesce(skipped.skipped_count, 0) > 0 then 'skip'
            else 'forward'
        end as transition_type
    from compared
    left join skipped
        on compared.subject_type = skipped.subject_type
            and compared.subject_id = skipped.subject_id
            and compared.seq = skipped.seq
),

cycles as (
    select
        *,
        1 + sum(case when transition_type = 'recycle' then 1 else 0 end) over (
            partition by subject_type, subject_id
            order by seq
            rows between unbounded preceding and current row
        ) as cycle_no
    from judged
)

select * from cycles
