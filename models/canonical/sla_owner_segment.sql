-- Grain: one time in which one owner had one clock.
with clocks as (
    select
        instances.*,
        policy.pause_statuses,
        coalesce(instances.stopped_at, {{ as_of() }}) as measured_to
    from {{ ref('sla_instance') }} as instances
    inner join {{ ref('policy_sla') }} as policy
        on instances.policy_id = policy.policy_id
            and instances.policy_version = policy.policy_version
),

-- Whoever had it when it started, then each owner that the CRM named while it ran.
takings as (
    select policy_id, subject_id, 0 as change_no, owner_id, started_at as taken_at
    from clocks
    union all
    select
        clocks.policy_id,
        clocks.subject_id,
        changes.seq,
        changes.value,
        cast({{ dbt.date_trunc('second', 'changes.changed_at') }} as {{ dbt.type_timestamp() }})
    from clocks
    inner join {{ ref('lead_work_history') }} as changes
        on clocks.person_id = changes.person_id
            and clocks.started_at < changes.changed_at
            and changes.changed_at < clocks.measured_to
    where changes.field = 'owner'
),

numbered as (
    select
        *,
        row_number() over (partition by policy_id, subject_id order by taken_at, change_no) as seq,
        lead(taken_at) over (partition by policy_id, subject_id order by taken_at, change_no)
            as given_on_at
    from takings
),

segments as (
    select
        numbered.policy_id, numbered.subject_id, numbered.seq, numbered.owner_id,
        clocks.person_id, clocks.calendar_id, clocks.pause_statuses, clocks.due_at,
        clocks.stopped_at, numbered.given_on_at,
        numbered.taken_at as started_at,
        coalesce(numbered.given_on_at, clocks.measured_to) as measured_to
    from numbered
    inner join clocks
        on numbered.policy_id = clocks.policy_id
            and numbered.subject_id = clocks.subject_id
),

pauses as (
    {{ paused_stretches('segments', ['policy_id', 'subject_id', 'seq']) }}
),

-- As in sla_instance, a time is the signed sum of B(t) over its moments.
moments as (
    {{ clock_moments('segments', 'pauses', ['policy_id', 'subject_id', 'seq']) }}
),

measured as (
    select
        policy_id,
        subject_id,
        seq,
        sum(sign * business_at) as business_s,
        sum(sign * calendar_at) as calendar_s
    from moments
    where utc_day is not null
    group by policy_id, subject_id, seq
)

select
    segments.policy_id,
    segments.subject_id,
    cast(segments.seq as {{ dbt.type_int() }}) as seq,
    segments.person_id,
    segments.owner_id,
    segments.started_at,
    coalesce(segments.given_on_at, segments.stopped_at) as ended_at,
    cast(measured.business_s as bigint) as business_elapsed_s,
    cast(measured.calendar_s as bigint) as calendar_elapsed_s,
    coalesce(
        segments.started_at <= segments.due_at and segments.due_at < segments.measured_to, false
    ) as had_it_when_due,
    '{{ var("contract_version") }}' as _contract_version
from segments
inner join measured
    on segments.policy_id = measured.policy_id
        and segments.subject_id = measured.subject_id
        and segments.seq = measured.seq
