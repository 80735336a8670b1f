-- Grain: one handoff that sales answered, with the work behind the answer.
with answered as (
    select * from {{ ref('lead_handoff') }}
    where decided_at is not null
),

responses as (
    select * from {{ ref('sla_response') }}
    where policy_id = 'mql_first_response'
),

clocks as (
    select * from {{ ref('sla_clock') }}
    where policy_id = 'mql_first_response'
),

reasons as (
    select
        disposition,
        min(cast(valid_from as date)) as valid_from,
        max(coalesce(cast(valid_to as date), cast('9999-12-31' as date))) as valid_to
    from {{ ref('policy_return_reason') }}
    group by disposition
),

worked as (
    select
        answered.*,
        coalesce(responses.attempt_count, 0) as attempt_count,
        decided_days.open_days_before - handed_days.open_days_before as business_days,
        answered.status in ('rejected', 'recycled') as is_returned,
        coalesce(responses.attempt_count > 0 or responses.status_at is not null, false)
            as has_contact_result,
        -- An acceptance is a reason in itself; a return says why, in words that were agreed.
        answered.status = 'accepted' or reasons.disposition is not null as has_reason
    from answered
    left join responses
        on answered.handoff_id = responses.subject_id
    left join clocks
        on answered.handoff_id = clocks.subject_id
    left join reasons
        on answered.reason = reasons.disposition
            and {{ in_force('reasons', 'answered.decided_at') }}
    left join {{ ref('business_day') }} as handed_days
        on clocks.calendar_id = handed_days.calendar_id
            and cast(answered.handed_at as date) = handed_days.utc_day
    left join {{ ref('business_day') }} as decided_days
        on clocks.calendar_id = decided_days.calendar_id
            and cast(answered.decided_at as date) = decided_days.utc_day
),

-- The minimum that was agreed when the lead was handed over. Some reasons need no tries.
held_against as (
    select
        worked.handoff_id,
        max(case when policy.rule_id = 'minimum_attempts' then policy.threshold end)
            as minimum_attempts,
        max(case when policy.rule_id = 'minimum_business_days' then policy.threshold end)
            as minimum_business_days
    from worked
    inner join {{ ref('policy_handoff') }} as policy
        on {{ in_force('policy', 'worked.handed_at') }}
            and (
                worked.reason is null
                or policy.exempt_reasons is null
                or not {{ regex_matches_column('worked.reason', 'policy.exempt_reasons') }}
            )
    where policy.rule_id in ('minimum_attempts', 'minimum_business_days')
    group by worked.handoff_id
)

select
    worked.handoff_id,
    worked.person_id,
    worked.status,
    worked.reason,
    worked.handed_at,
    worked.decided_at,
    cast(worked.attempt_count as {{ dbt.type_int() }}) as attempt_count,
    cast(worked.business_days as {{ dbt.type_int() }}) as business_days,
    cast(held_against.minimum_attempts as {{ dbt.type_int() }}) as minimum_attempts,
    cast(held_against.minimum_business_days as {{ dbt.type_int() }}) as minimum_business_days,
    worked.is_returned and coalesce(
        worked.attempt_count < held_against.minimum_attempts
        or worked.business_days < held_against.minimum_business_days, false
    ) as is_premature,
    worked.has_contact_result,
    worked.has_reason,
    -- What came of contacting, unless no try was needed; the verdict is the status itself; and why.
    worked.has_reason
        and (worked.has_contact_result or coalesce(held_against.minimum_attempts, 0) = 0)
        as is_disposition_complete,
    '{{ var("contract_version") }}' as _contract_version
from worked
left join held_against
    on worked.handoff_id = held_against.handoff_id
