-- Grain: one thing about leads and service levels that somebody should look at.
with clocks as (
    select * from {{ ref('sla_instance') }}
    where state in ('at_risk', 'breached', 'breached_open')
),

watch as (
    select * from {{ ref('measure_watch') }}
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
        'behind_pace', measure as topic,
        measure || ':' || cast(running_period as {{ dbt.type_string() }}) as subject_id, null,
        cast(running_period as {{ dbt.type_timestamp() }}), true, 'warning'
    from watch
    where is_behind_pace
    union all
    select
        'escalation', measure, measure || ':' || cast(last_period as {{ dbt.type_string() }}), null,
        cast(last_period as {{ dbt.type_timestamp() }}), true, 'sponsor'
    from watch
    where is_escalated
    union all
    select
        'action_missing', measure as topic,
        measure || ':' || cast(last_period as {{ dbt.type_string() }}) as subject_id, null,
        cast(last_period as {{ dbt.type_timestamp() }}), true, 'warning'
    from watch
    where is_escalated and action_id is null
    union all
    select
        case kind when 'corrective_action' then 'action_overdue' else 'commitment_overdue' end,
        case kind when 'corrective_action' then measure else kind end,
        commitment_id, null, cast(due_date as {{ dbt.type_timestamp() }}), true, 'warning'
    from {{ ref('commitment') }}
    where state = 'overdue'
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
