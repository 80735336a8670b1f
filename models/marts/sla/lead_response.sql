-- Grain: one service level with a first response, in one month, for all, one segment or one owner.
with clocks as (
    select
        clocks.policy_id,
        clocks.subject_id,
        clocks.calendar_id,
        clocks.started_at,
        responses.attempt_at,
        cast({{ dbt.date_trunc('month', 'clocks.started_at') }} as date) as month_start,
        coalesce(clocks.owner_id, 'nobody') as owner_id,
        coalesce(payloads.segment, 'unknown') as segment
    from {{ ref('sla_instance') }} as clocks
    inner join {{ ref('sla_response') }} as responses
        on clocks.policy_id = responses.policy_id
            and clocks.subject_id = responses.subject_id
    left join {{ ref('handoff_payload') }} as payloads
        on clocks.subject_id = payloads.handoff_id
    -- Who may still be contacted in time is neither contacted nor never contacted.
    where clocks.policy_id in ('mql_first_response', 'demo_first_response')
        and clocks.state <> 'cancelled'
        and (responses.attempt_at is not null or clocks.state not in ('running', 'at_risk'))
),

timed as (
    select
        clocks.*,
        {{ business_seconds('clocks.attempt_at', 'tried') }}
        - {{ business_seconds('clocks.started_at', 'started') }} as business_s,
        {{ seconds_between('clocks.started_at', 'clocks.attempt_at') }} as calendar_s
    from clocks
    left join {{ ref('business_day') }} as started
        on clocks.calendar_id = started.calendar_id
            and cast(clocks.started_at as date) = started.utc_day
    left join {{ ref('business_day') }} as tried
        on clocks.calendar_id = tried.calendar_id
            and cast(clocks.attempt_at as date) = tried.utc_day
),

cuts as (
    select policy_id, month_start, 'all' as cut_by, 'all' as cut, business_s, calendar_s from timed
    union all
    select policy_id, month_start, 'segment', segment, business_s, calendar_s from timed
    union all
    select policy_id, month_start, 'owner', owner_id, business_s, calendar_s from timed
),

-- Nearest rank: the time within which at least that share of those contacted were.
ranked as (
    select
        *,
        row_number() over (
            partition by policy_id, month_start, cut_by, cut
            order by business_s nulls last
        ) as business_place,
        row_number() over (
            partition by policy_id, month_start, cut_by, cut
            order by calendar_s nulls last
        ) as calendar_place,
        count(business_s) over (partition by policy_id, month_start, cut_by, cut) as contacted_count
    from cuts
)

select
    policy_id,
    month_start,
    cut_by,
    cut,
    cast(count(*) as {{ dbt.type_int() }}) as lead_count,
    cast(max(contacted_count) as {{ dbt.type_int() }}) as contacted_count,
    cast(round(1 - 1.0 * max(contacted_count) / count(*), 4) as decimal(9, 4))
        as never_contacted_share,
    {%- for time in ['business', 'calendar'] %}
    cast(round(avg({{ time }}_s)) as {{ dbt.type_bigint() }}) as mean_{{ time }}_s,
    cast(max(case when {{ time }}_place = ceil(0.5 * contacted_count) then {{ time }}_s end)
        as {{ dbt.type_bigint() }}) as median_{{ time }}_s,
    cast(max(case when {{ time }}_place = ceil(0.9 * contacted_count) then {{ time }}_s end)
        as {{ dbt.type_bigint() }}) as p90_{{ time }}_s,
    {%- endfor %}
    '{{ var("contract_version") }}' as _contract_version
from ranked
group by policy_id, month_start, cut_by, cut
