-- Each handoff has one clock for each service level that held on its day, with that version's terms, and
-- each clock has one measurement (I13) that the times of its owners add up to (R129). If this fails, two
-- versions of a level overlap, or a calendar is missing or has ended in seeds/policy.
with agreed as (
    select
        policy.policy_id,
        handoffs.handoff_id,
        policy.policy_version,
        60 * policy.target_minutes as target_s
    from {{ ref('lead_handoff') }} as handoffs
    inner join {{ ref('policy_sla') }} as policy
        on policy.starts_with = 'handoff'
            and {{ in_force('policy', 'handoffs.handed_at') }}
)

select 'no clock, or one with other terms' as finding, agreed.policy_id, count(*) as row_count
from agreed
left join {{ ref('sla_instance') }} as clocks
    on agreed.policy_id = clocks.policy_id
        and agreed.handoff_id = clocks.subject_id
        and agreed.policy_version = clocks.policy_version
        and agreed.target_s = clocks.target_s
where clocks.policy_id is null
group by agreed.policy_id
union all
select 'a clock without a calendar', policy_id, count(*)
from {{ ref('sla_instance') }}
where state = 'no_calendar' or elapsed_s is null or due_at is null
group by policy_id
union all
select 'a clock that was not measured', clocks.policy_id, count(*)
from {{ ref('sla_clock') }} as clocks
left join {{ ref('sla_instance') }} as instances
    on clocks.policy_id = instances.policy_id
        and clocks.subject_id = instances.subject_id
where instances.policy_id is null
group by clocks.policy_id
union all
select 'the times of its owners do not add up', clocks.policy_id, count(*)
from {{ ref('sla_instance') }} as clocks
left join (
    select
        policy_id,
        subject_id,
        sum(business_elapsed_s) as business_elapsed_s,
        sum(calendar_elapsed_s) as calendar_elapsed_s
    from {{ ref('sla_owner_segment') }}
    group by policy_id, subject_id
) as segments
    on clocks.policy_id = segments.policy_id
        and clocks.subject_id = segments.subject_id
where coalesce(
    clocks.business_elapsed_s <> segments.business_elapsed_s
    or clocks.calendar_elapsed_s <> segments.calendar_elapsed_s, true
)
group by clocks.policy_id
