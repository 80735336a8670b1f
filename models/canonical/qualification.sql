-- Grain: one moment at which a person met a definition anew, or asked for more while meeting it.
with moments as (
    select
        *,
        row_number() over (partition by person_id order by judged_at) as moment_no,
        coalesce(lag(fit_score) over (partition by person_id order by judged_at), 0)
            as fit_score_before
        {%- for measure in counted_measures() %},
        coalesce(lag({{ measure }}_count) over (partition by person_id order by judged_at), 0)
            as {{ measure }}_count_before
        {%- endfor %}
    from {{ ref('score_history') }}
),

conditions as (
    select
        definitions.*, policy.measure, policy.operator, policy.threshold,
        count(*) over (
            partition by definitions.definition_id, definitions.definition_version
        ) as condition_count
    from {{ ref('int_definition__active') }} as definitions
    inner join {{ ref('policy_definition_condition') }} as policy
        on definitions.definition_id = policy.definition_id
            and definitions.definition_version = policy.definition_version
),

judged as (
    select
        moments.person_id,
        moments.judged_at,
        moments.moment_no,
        conditions.definition_id,
        conditions.definition_version,
        conditions.stage,
        conditions.is_selected,
        min(case when {{ condition_holds('moments', 'conditions', '_before') }} then 1 else 0 end)
            as held_before,
        max(moments.new_high_intent_count) as new_high_intent_count,
        max(case when conditions.heeds_vetoes then moments.veto_count else 0 end) as veto_count,
        max(case when conditions.heeds_vetoes then moments.review_count else 0 end) as review_count
    from moments
    inner join conditions
        on {{ in_force('conditions', 'moments.judged_at') }}
    where {{ condition_holds('moments', 'conditions') }}
    group by
        moments.person_id, moments.judged_at, moments.moment_no, conditions.definition_id,
        conditions.definition_version, conditions.stage, conditions.is_selected,
        conditions.condition_count
    having count(*) = conditions.condition_count
),

verdicts as (
    select
        *,
        case
            when veto_count > 0 then 'vetoed'
            when review_count > 0 then 'review'
            else 'qualified'
        end as verdict
    from judged
),

-- Points may have faded below a threshold since the moment before and be above it again.
compared as (
    select
        *,
        case
            when
                held_before = 1 and moment_no - 1
                = lag(moment_no) over (partition by person_id, definition_id order by moment_no)
                then lag(verdict) over (partition by person_id, definition_id order by moment_no)
            else 'not met'
        end as verdict_before
    from verdicts
),

met as (
    select * from compared
    where verdict <> verdict_before or new_high_intent_count > 0
),

reasons as (
    select
        met.person_id,
        met.definition_id,
        met.judged_at,
        {{ ordered_list(
            "case when reasons.counts_as in ('veto', 'review') then reasons.criterion_id end"
        ) }} as held_by,
        min(case when reasons.counts_from = met.judged_at and reasons.counts_as = 'high_intent'
            then reasons.trigger_id end) as conversion_id,
        min(case when reasons.counts_from = met.judged_at and reasons.trigger_type <> 'attribute'
            then reasons.trigger_id end) as happening_id
    from met
    inner join {{ ref('score_reason') }} as reasons
        on met.person_id = reasons.person_id
            and reasons.counts_from <= met.judged_at
            and (reasons.counts_until is null or met.judged_at < reasons.counts_until)
    group by met.person_id, met.definition_id, met.judged_at
)

select
    met.person_id,
    met.definition_id,
    met.judged_at as qualified_at,
    cast(met.definition_version as {{ dbt.type_int() }}) as definition_version,
    met.stage,
    met.is_selected,
    met.verdict,
    case when met.verdict <> 'qualified' then reasons.held_by end as verdict_reason,
    met.verdict <> met.verdict_before as is_entry,
    coalesce(reasons.conversion_id, reasons.happening_id) as trigger_id,
    '{{ var("contract_version") }}' as _contract_version
from met
left join reasons
    on met.person_id = reasons.person_id
        and met.definition_id = reasons.definition_id
        and met.judged_at = reasons.judged_at
