-- What was handed over is somewhere, and the sum over segments or owners is the total (I20, R104). If this
-- fails, a join in the mart named here loses or doubles rows.
with handed as (
    select count(*) as row_count from {{ ref('lead_handoff') }}
    where superseded_by is null
),

shown as (
    select sum(handed_count) as row_count from {{ ref('handoff_quality') }}
),

scorecard as (
    select
        period_type,
        period_start,
        measure,
        cut_by,
        sum(good_count) as good_count,
        sum(total_count) as total_count
    from {{ ref('sla_scorecard') }}
    group by period_type, period_start, measure, cut_by
),

cohorts as (
    select
        cohort_month,
        stage,
        sum(case when segment = 'all' then reached_count else 0 end) as reached_count,
        sum(case when segment <> 'all' then reached_count else 0 end) as reached_by_segment,
        sum(case when segment = 'all' then entered_count else 0 end) as entered_count,
        sum(case when segment <> 'all' then entered_count else 0 end) as entered_by_segment
    from {{ ref('funnel_cohort') }}
    group by cohort_month, stage
)

select 'handoff_quality' as mart, 'handed over' as what
from handed
cross join shown
where handed.row_count <> coalesce(shown.row_count, 0)
union all
select 'sla_scorecard', wholes.measure || ' by ' || parts.cut_by
from scorecard as wholes
inner join scorecard as parts
    on wholes.period_type = parts.period_type
        and wholes.period_start = parts.period_start
        and wholes.measure = parts.measure
where wholes.cut_by = 'all'
    and (wholes.good_count <> parts.good_count or wholes.total_count <> parts.total_count)
union all
select 'funnel_cohort', stage
from cohorts
where reached_count <> reached_by_segment or entered_count <> entered_by_segment
