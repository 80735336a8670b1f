-- Grain: one month of first qualification and one stage, for all or one segment.
with entries as (
    select
        handoffs.handoff_id,
        handoffs.handed_at,
        cast({{ dbt.date_trunc('month', 'handoffs.handed_at') }} as date) as cohort_month,
        payloads.segment,
        handoffs.person_id,
        handoffs.cycle_no
    from {{ ref('lead_handoff') }} as handoffs
    inner join {{ ref('handoff_payload') }} as payloads
        on handoffs.handoff_id = payloads.handoff_id
),

-- How far each went in its cycle, whenever that was: an eventual conversion.
furthest as (
    select
        entries.handoff_id,
        entries.cohort_month,
        entries.segment,
        max(stays.stage_rank) as furthest_rank
    from entries
    inner join {{ ref('lifecycle_history') }} as stays
        on entries.person_id = stays.subject_id
            and stays.subject_type = 'person'
            and entries.cycle_no = stays.cycle_no
            and stays.entered_at >= entries.handed_at
            and not stays.is_corrected
    group by entries.handoff_id, entries.cohort_month, entries.segment
),

stages as (
    select distinct stage, stage_rank from {{ ref('policy_lifecycle_stage') }}
    where stage_rank between 30 and 70
),

cuts as (
    select cohort_month, 'all' as segment, furthest_rank from furthest
    union all
    select cohort_month, segment, furthest_rank from furthest
)

select
    cuts.cohort_month,
    cuts.segment,
    stages.stage,
    stages.stage_rank,
    cast(count(*) as {{ dbt.type_int() }}) as entered_count,
    cast(sum(case when cuts.furthest_rank >= stages.stage_rank then 1 else 0 end)
        as {{ dbt.type_int() }}) as reached_count,
    cast(round(1.0 * sum(case when cuts.furthest_rank >= stages.stage_rank then 1 else 0 end)
        / count(*), 4) as decimal(9, 4)) as reached_share,
    {{ dbt.datediff('cuts.cohort_month', as_of(), 'month') }} as months_since,
    '{{ var("contract_version") }}' as _contract_version
from cuts
cross join stages
group by cuts.cohort_month, cuts.segment, stages.stage, stages.stage_rank
