-- Grain: one person that something counts for, with its scores on the day of the build.
with today as (
    select distinct person_id, {{ as_of() }} as moment
    from {{ ref('score_reason') }}
),

{{ scores_at('today') }},

grades as (
    select
        scores.person_id,
        max(case when policy.score_kind = 'fit' and scores.fit_score > policy.above
            then policy.grade_rank end) as fit_rank,
        max(case when policy.score_kind = 'engagement' and scores.engagement_score > policy.above
            then policy.grade_rank end) as engagement_rank
    from today_scores as scores
    cross join {{ ref('policy_score_grade') }} as policy
    where {{ in_force('policy') }}
    group by scores.person_id
)

select
    scores.person_id,
    scores.moment as scored_at,
    scores.fit_score,
    scores.engagement_score,
    scores.composite_score,
    fit.grade || engagement.grade as grade,
    scores.veto_count > 0 as is_vetoed,
    scores.review_count > 0 as needs_review,
    '{{ var("contract_version") }}' as _contract_version
from today_scores as scores
inner join grades
    on scores.person_id = grades.person_id
left join {{ ref('policy_score_grade') }} as fit
    on fit.score_kind = 'fit'
        and grades.fit_rank = fit.grade_rank
        and {{ in_force('fit') }}
left join {{ ref('policy_score_grade') }} as engagement
    on engagement.score_kind = 'engagement'
        and grades.engagement_rank = engagement.grade_rank
        and {{ in_force('engagement') }}
