-- Grain: one clock of a service level, measured and judged.
with clocks as (
    select
        clocks.*,
        responses.stopped_at,
        responses.is_early,
        responses.cancelled_because,
        policy.at_risk_share,
        policy.pause_statuses,
        coalesce(responses.stopped_at, {{ as_of() }}) as measured_to
    from {{ ref('sla_clock') }} as clocks
    inner join {{ ref('sla_response') }} as responses
        on clocks.policy_id = responses.policy_id
            and clocks.subject_id = responses.subject_id
    inner join {{ ref('policy_sla') }} as policy
        on clocks.policy_id = policy.policy_id
            and clocks.policy_version = policy.policy_version
),

pauses as (
    {{ paused_stretches('clocks', ['policy_id', 'subject_id', 'clock_type', 'target_s']) }}
),

-- A clock's time is the signed sum of B(t) over its moments.
moments as (
    {{ clock_moments('clocks', 'pauses', ['policy_id', 'subject_id', 'clock_type', 'target_s']) }}
),

own_times as (
    select *, case clock_type when 'business' then business_at else calendar_at end as own_at
    from moments
),

-- What the clock had run when a pause began, in both rows of the pause.
run as (
    select
        *,
        sum(sign * own_at) over (
            partition by policy_id, subject_id order by moment, sign
            rows between unbounded preceding and current row
        ) + case when sign = -1 then own_at else 0 end as run_s
    from own_times
),

-- A pause that begins when the time is used up moves no due moment.
measured as (
    select
        policy_id,
        subject_id,
        count(*) = count(utc_day) as has_calendar,
        sum(sign * business_at) as business_s,
        sum(sign * calendar_at) as calendar_s,
        sum(sign * own_at) as elapsed_s,
        sum(case when kind = 'start' then business_at end) as business_at_start,
        sum(case when kind = 'pause' then -sign * own_at else 0 end) as paused_s,
        sum(case when kind = 'pause' and run_s < target_s then -sign * own_at else 0 end)
            as moved_s,
        max(case when kind = 'pause' then moment end) as paused_until
    from run
    group by policy_id, subject_id
),

timed as (
    select
        clocks.*,
        measured.has_calendar, measured.business_s, measured.calendar_s, measured.paused_until,
        cast(measured.elapsed_s as bigint) as elapsed_s,
        cast(measured.paused_s as bigint) as paused_s,
        case
            when clocks.clock_type = 'business' then {{ business_moment(
                'measured.business_at_start + clocks.target_s + measured.moved_s', 'dues') }}
            else {{ dbt.dateadd(
                'second', '(clocks.target_s + measured.moved_s)', 'clocks.started_at') }}
        end as due_at
    from clocks
    inner join measured
        on clocks.policy_id = measured.policy_id
            and clocks.subject_id = measured.subject_id
    left join ({{ business_buckets(ref('business_day')) }}) as dues
        on clocks.calendar_id = dues.calendar_id
            and {{ business_day_holds(
                'measured.business_at_start + clocks.target_s + measured.moved_s', 'dues') }}
),

judged as (
    select
        *,
        case
            when not has_calendar or due_at is null then 'no_calendar'
            when cancelled_because is not null and stopped_at is null then 'cancelled'
            when cancelled_because = 'merged into another handoff' then 'cancelled'
            when stopped_at <= due_at then 'met'
            when stopped_at > due_at then 'breached'
            when measured_to > due_at then 'breached_open'
            when elapsed_s >= at_risk_share * target_s then 'at_risk'
            else 'running'
        end as state
    from timed
)

select
    policy_id, subject_id, subject_type, person_id, owner_id, policy_version, clock_type,
    calendar_id, target_s, started_at, due_at, stopped_at, state,
    elapsed_s,
    paused_s,
    case when state in ('breached', 'breached_open') then elapsed_s - target_s end as breach_s,
    cast(business_s as bigint) as business_elapsed_s,
    cast(calendar_s as bigint) as calendar_elapsed_s,
    is_early,
    stopped_at is null and coalesce(paused_until = measured_to, false) as is_paused,
    case when state = 'cancelled' then cancelled_because end as cancelled_because,
    '{{ var("contract_version") }}' as _contract_version
from judged
