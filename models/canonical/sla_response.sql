-- Grain: one clock, with what was done about it.
with clocks as (
    select
        clocks.*,
        policy.stops_with,
        policy.attempt_types,
        {{ dbt.dateadd('day', '-policy.early_days', 'clocks.started_at') }} as early_from
    from {{ ref('sla_clock') }} as clocks
    inner join {{ ref('policy_sla') }} as policy
        on clocks.policy_id = policy.policy_id
            and clocks.policy_version = policy.policy_version
),

handoffs as (
    select * from {{ ref('lead_handoff') }}
),

attempts as (
    select
        clocks.policy_id,
        clocks.subject_id,
        cast({{ dbt.date_trunc('second', 'min(activities.occurred_at)') }}
            as {{ dbt.type_timestamp() }}) as first_attempt_at,
        sum(case
            when coalesce(activities.occurred_at <= handoffs.decided_at, true) then 1 else 0
        end) as attempt_count
    from clocks
    inner join {{ ref('activity') }} as activities
        on clocks.person_id = activities.person_id
            and activities.occurred_at >= clocks.early_from
            and activities.occurred_at <= {{ as_of() }}
            and ';' || clocks.attempt_types || ';' like '%;' || activities.type || ';%'
    left join handoffs
        on clocks.subject_id = handoffs.handoff_id
    where not activities.is_automated
        and coalesce(activities.direction, 'outbound') = 'outbound'
    group by clocks.policy_id, clocks.subject_id
),

updates as (
    select
        clocks.policy_id,
        clocks.subject_id,
        cast({{ dbt.date_trunc('second', 'min(changes.changed_at)') }}
            as {{ dbt.type_timestamp() }}) as first_update_at
    from clocks
    inner join {{ ref('lead_work_history') }} as changes
        on clocks.person_id = changes.person_id
            and changes.changed_at >= clocks.started_at
    where changes.field = 'lead_status' and not changes.is_automated
    group by clocks.policy_id, clocks.subject_id
),

-- Who was called before the clock started was answered at once.
answered as (
    select
        clocks.policy_id,
        clocks.subject_id,
        clocks.person_id,
        clocks.started_at,
        clocks.stops_with,
        case
            when attempts.first_attempt_at < clocks.started_at then clocks.started_at
            else attempts.first_attempt_at
        end as attempt_at,
        updates.first_update_at as status_at,
        coalesce(attempts.first_attempt_at < clocks.started_at, false) as is_early,
        coalesce(attempts.attempt_count, 0) as attempt_count,
        handoffs.first_decided_at,
        handoffs.opportunity_at,
        case
            when handoffs.status = 'cancelled' then handoffs.reason
            when persons.status <> 'live' then 'the person is gone'
        end as cancelled_because
    from clocks
    left join attempts
        on clocks.policy_id = attempts.policy_id
            and clocks.subject_id = attempts.subject_id
    left join updates
        on clocks.policy_id = updates.policy_id
            and clocks.subject_id = updates.subject_id
    left join handoffs
        on clocks.subject_id = handoffs.handoff_id
    left join {{ ref('person') }} as persons
        on clocks.person_id = persons.person_id
)

select
    policy_id,
    subject_id,
    person_id,
    attempt_at,
    status_at,
    cast({{ dbt.date_trunc('second', "case stops_with
        when 'attempt' then attempt_at
        when 'decision' then first_decided_at
        when 'opportunity' then opportunity_at
        when 'attempt_and_status' then
            case when attempt_at >= status_at then attempt_at
            when status_at > attempt_at then status_at end
    end") }} as {{ dbt.type_timestamp() }}) as stopped_at,
    is_early,
    cast(attempt_count as {{ dbt.type_int() }}) as attempt_count,
    cancelled_because,
    '{{ var("contract_version") }}' as _contract_version
from answered
