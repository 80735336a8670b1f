-- Every point of one person's score: what gave it, when, what is left of it today. Fill in the id.
select
    reasons.score_group,
    reasons.criterion_id,
    reasons.trigger_type,
    reasons.trigger_id,
    reasons.counts_from,
    reasons.points,
    round(reasons.points / {{ growth_since(
        'reasons.counts_from', as_of(), 'policy.half_life_days'
    ) }}, 4) as points_today,
    policy.cap as cap_of_the_group,
    reasons.counts_as
from {{ ref('score_reason') }} as reasons
inner join {{ ref('policy_score_group') }} as policy
    on reasons.score_group = policy.score_group
        and {{ in_force('policy') }}
where reasons.person_id = 'per_'
    and (reasons.counts_until is null or {{ as_of() }} < reasons.counts_until)
order by reasons.score_group, reasons.counts_from, reasons.criterion_id
