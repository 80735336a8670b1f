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
    {{ paused_stretches('clocks', ['policy_id', 'subject_id']) }}
),

-- A clock's time is the signed sum of B(t) over its moments: the end less the start, and each pause
-- the other way round.
moments as (
    select policy_id, subject_id, calendar_id, 'start' as kind, -1 as sign, started_at as moment
    from clocks
    union all
    select policy_id, subject_id, calendar_id, 'end', 1, measured_to from clocks
    union all
    select policy_id, subject_id, calendar_id, 'pause', 1, paused_from from pauses
    union all
    select policy_id, subject_id, calendar_id, 'pause', -1, paused_to from pauses
),

measured as (
    select
        moments.policy_id,
        moments.subject_id,
        count(*) = count(days.utc_day) as has_calendar,
        sum(moments.sign * {{ business_seconds('moments.moment', 'days') }}) as business_s,
        sum(moments.sign * {{ seconds_between(epoch(), 'moments.moment') }}) as calendar_s,
        sum(case when moments.kind = 'start'
            then {{ business_seconds('moments.moment', 'days') }} end) as business_at_start,
        sum(case when moments.kind = 'pause' then -moments.sign else 0 end
            * {{ business_seconds('moments.moment', 'days') }}) as business_paused_s,
        sum(case when moments.kind = 'pause' then -moments.sign else 0 end
            * {{ seconds_between(epoch(), 'moments.moment') }}) as calendar_paused_s
    from moments
    left join {{ ref('business_day') }} as days
        on moments.calendar_id = days.calendar_id
            and cast(moments.moment as date) = days.utc_day
    group by moments.policy_id, moments.subject_id
),

timed as (
    select
        clocks.*,
        measured.has_calendar,
        measured.business_s,
        measured.calendar_s,
        cast({{ by_clock('business_s', 'calendar_s') }} as bigint) as elapsed_s,
        cast({{ by_clock('business_paused_s', 'calendar_paused_s') }} as bigint) as paused_s,
        case
            when clocks.clock_type = 'business' then {{ business_moment('measured.business_at_start'
                ~ ' + clocks.target_s + measured.business_paused_s', 'dues') }}
            else {{ dbt.dateadd('second', '(clocks.target_s + measured.calendar_paused_s)',
                'clocks.started_at') }}
        end as due_at
    from clocks
    inner join measured
        on clocks.policy_id = measured.policy_id
            and clocks.subject_id = measured.subject_id
    left join ({{ business_buckets(ref('business_day')) }}) as dues
        on clocks.calendar_id = dues.calendar_id
            and {{ business_day_holds('measured.business_at_start + clocks.target_s'
                ~ ' + measured.business_paused_s', 'dues') }}
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
    cancelled_because,
    '{{ var("contract_version") }}' as _contract_version
from judged
