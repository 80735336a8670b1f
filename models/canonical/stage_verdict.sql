-- Grain: one stay of a person in a stage, judged by our definition of it when it was entered.
with stays as (
    select
        subject_id as person_id, entered_at as moment, seq, cycle_no, to_stage, driver,
        definition_id, definition_version
    from {{ ref('lifecycle_history') }}
    where subject_type = 'person' and definition_id is not null
),

entries as (
    select distinct person_id, moment from stays
),

{{ scores_at('entries') }},

judged as (
    select
        stays.person_id,
        stays.seq,
        min(case when {{ condition_holds('scores', 'conditions') }} then 1 else 0 end) as is_met
    from stays
    inner join entries_scores as scores
        on stays.person_id = scores.person_id
            and stays.moment = scores.moment
    inner join {{ ref('policy_definition_condition') }} as conditions
        on stays.definition_id = conditions.definition_id
            and stays.definition_version = conditions.definition_version
    group by stays.person_id, stays.seq
)

select
    stays.person_id,
    stays.seq,
    stays.cycle_no,
    stays.to_stage as stage,
    stays.moment as entered_at,
    stays.driver,
    stays.definition_id,
    stays.definition_version,
    -- What moved somebody was met and free of vetoes when a build found it, whatever is known today.
    stays.driver = 'definition' or coalesce(judged.is_met, 0) = 1 as is_met,
    stays.driver <> 'definition' and coalesce(scores.veto_count, 0) > 0 as is_vetoed,
    stays.driver <> 'definition' and coalesce(scores.review_count, 0) > 0 as needs_review,
    coalesce(scores.fit_score, cast(0 as decimal(9, 4))) as fit_score,
    coalesce(scores.engagement_score, cast(0 as decimal(9, 4))) as engagement_score,
    coalesce(scores.composite_score, cast(0 as decimal(9, 4))) as composite_score,
    '{{ var("contract_version") }}' as _contract_version
from stays
left join judged
    on stays.person_id = judged.person_id
        and stays.seq = judged.seq
left join entries_scores as scores
    on stays.person_id = scores.person_id
        and stays.moment = scores.moment
