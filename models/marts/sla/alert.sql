-- Grain: one thing about leads and service levels that somebody should look at.
with clocks as (
    select * from {{ ref('sla_instance') }}
    where state in ('at_risk', 'breached', 'breached_open')
),

weeks as (
    select
        scorecard.measure,
        scorecard.period_start,
        scorecard.is_met,
        policy.escalate_weeks,
        policy.escalate_of_weeks,
        row_number() over (partition by scorecard.measure order by scorecard.period_start desc)
            as weeks_ago
    from {{ ref('sla_scorecard') }} as scorecard
    inner join {{ ref('policy_sla') }} as policy
        on scorecard.measure = policy.policy_id
            and {{ in_force('policy') }}
    where scorecard.period_type = 'week'
        and scorecard.cut_by = 'all'
        and not scorecard.is_running
),

missed_weeks as (
    select
        measure,
        max(period_start) as last_week,
        sum(case when is_met then 0 else 1 end) as missed_count,
        max(escalate_weeks) as escalate_weeks
    from weeks
    where weeks_ago <= escalate_of_weeks
    group by measure
),

assignments as (
    select
        assignments.*,
        row_number() over (partition by assignments.handoff_id order by assignments.seq desc)
            as owners_ago
    from {{ ref('handoff_assignment') }} as assignments
),

alerts as (
    select
        case state when 'at_risk' then 'at_risk' else 'overdue' end as kind,
        policy_id as topic, subject_id, owner_id, due_at as since,
        state <> 'breached' as is_open, 'warning' as severity
    from clocks
    union all
    select
        'behind_pace', measure as topic, measure as subject_id, null,
        cast(period_start as {{ dbt.type_timestamp() }}), true, 'warning'
    from {{ ref('sla_scorecard') }}
    where is_behind_pace and is_running
    union all
    select
        'escalation', measure, measure || ':' || cast(last_week as {{ dbt.type_string() }}), null,
        cast(last_week as {{ dbt.type_timestamp() }}), true, 'sponsor'
    from missed_weeks
    where missed_count >= escalate_weeks
    union all
    select 'early_return', 'handoff', handoff_id, null, decided_at, false, 'warning'
    from {{ ref('handoff_return') }}
    where is_premature
    union all
    select
        case when assignments.owner_id is null then 'no_owner' else 'owner_absent' end,
        'handoff', handoffs.handoff_id, assignments.owner_id, assignments.assigned_at,
        true, 'warning'
    from {{ ref('lead_handoff') }} as handoffs
    inner join assignments
        on handoffs.handoff_id = assignments.handoff_id
            and assignments.owners_ago = 1
    left join {{ ref('policy_owner_absence') }} as absences
        on assignments.owner_id
            = {{ owner_key('absences.source_system', 'absences.owner_record_id') }}
            and {{ in_force('absences') }}
    where handoffs.status = 'pending'
        and (assignments.owner_id is null or absences.owner_record_id is not null)
)

select
    {{ surrogate_key('alt', ['kind', 'topic', 'subject_id']) }} as alert_id,
    kind,
    topic,
    subject_id,
    owner_id,
    since,
    is_open,
    severity,
    '{{ var("contract_version") }}' as _contract_version
from alerts
