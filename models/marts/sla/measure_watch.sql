-- Grain: one measure whose misses were agreed to be counted, as it stands on the day of the build.
with rules as (
    select
        policy_id as measure, 'week' as period_type,
        escalate_weeks as escalate_after, escalate_of_weeks as escalate_of
    from {{ ref('policy_sla') }} as levels
    where {{ in_force('levels') }}
    union all
    select
        measure, case kind when 'volume' then 'month' else 'week' end, escalate_after, escalate_of
    from {{ ref('policy_commitment') }} as commitments
    where {{ in_force('commitments') }}
),

scores as (
    select * from {{ ref('sla_scorecard') }}
    where cut_by = 'all'
),

over as (
    select
        *,
        row_number() over (partition by measure, period_type order by period_start desc)
            as periods_ago
    from scores
    where not is_running
),

-- Of the last n periods that are over, how many were missed. A period without a target is none.
counted as (
    select
        rules.measure,
        rules.period_type,
        min(rules.escalate_after) as escalate_after,
        min(rules.escalate_of) as escalate_of,
        count(over.measure) as seen_count,
        sum(case when not over.is_met then 1 else 0 end) as missed_count,
        max(over.period_start) as last_period
    from rules
    left join over
        on rules.measure = over.measure
            and rules.period_type = over.period_type
            and rules.escalate_of >= over.periods_ago
    where rules.escalate_after is not null
    group by rules.measure, rules.period_type
),

running as (
    select * from scores
    where is_running
),

actions as (
    select measure, {{ last_by('commitment_id', ['agreed_on', 'commitment_id']) }} as action_id
    from {{ ref('commitment') }}
    where kind = 'corrective_action' and state in ('open', 'overdue')
    group by measure
)

select
    counted.measure,
    counted.period_type,
    cast(counted.escalate_after as {{ dbt.type_int() }}) as escalate_after,
    cast(counted.escalate_of as {{ dbt.type_int() }}) as escalate_of,
    cast(counted.seen_count as {{ dbt.type_int() }}) as seen_count,
    cast(counted.missed_count as {{ dbt.type_int() }}) as missed_count,
    counted.last_period,
    counted.missed_count >= counted.escalate_after as is_escalated,
    running.period_start as running_period,
    running.good_count,
    running.expected_to_date,
    coalesce(running.is_behind_pace, false) as is_behind_pace,
    actions.action_id,
    '{{ var("contract_version") }}' as _contract_version
from counted
left join running
    on counted.measure = running.measure
        and counted.period_type = running.period_type
left join actions
    on counted.measure = actions.measure
