-- Grain: one clock that a service level started for a handoff or a request.
with owners as (
    select
        handoff_id,
        max(case when seq = 1 then owner_id end) as owner_id,
        {{ last_by('owner_id', ['seq']) }} as last_owner_id
    from {{ ref('handoff_assignment') }}
    group by handoff_id
),

handoffs as (
    select handoffs.*, owners.owner_id, owners.last_owner_id
    from {{ ref('lead_handoff') }} as handoffs
    left join owners
        on handoffs.handoff_id = owners.handoff_id
),

-- Before the first owner that the CRM's history names there was none.
owner_times as (
    select person_id, value as owner_id, changed_at as valid_from, replaced_at as valid_to
    from {{ ref('lead_work_history') }}
    where field = 'owner'
    union all
    select person_id, null, {{ unknown_start() }}, changed_at
    from {{ ref('lead_work_history') }}
    where field = 'owner' and seq = 1
),

requests as (
    select
        events.event_id, events.person_id, events.event_at,
        case when owner_times.person_id is null then profiles.owner_id else owner_times.owner_id end
            as owner_id,
        case when events.event_name = 'form_submission'
            then coalesce(lower(events.page_location), 'unknown') end as page
    from {{ ref('event') }} as events
    inner join {{ ref('lead_profile') }} as profiles
        on events.person_id = profiles.person_id and {{ holds_at('profiles', 'events.event_at') }}
    left join owner_times
        on events.person_id = owner_times.person_id
            and {{ holds_at('owner_times', 'events.event_at') }}
    where events.event_name in ('demo_request', 'form_submission')
),

starts as (
    select
        'handoff' as starts_with, 'handoff' as subject_type, handoff_id as subject_id,
        person_id, owner_id, handed_at as started_at, null as page
    from handoffs
    union all
    select
        'acceptance', 'handoff', handoff_id,
        person_id, last_owner_id, decided_at, null
    from handoffs
    where status = 'accepted'
    union all
    select
        'demo_request', 'event', event_id,
        person_id, owner_id, event_at, page
    from requests
),

-- The version that held when the clock started stays with it.
agreed as (
    select
        starts.*,
        policy.policy_id,
        policy.policy_version,
        policy.clock_type,
        policy.calendar_id,
        60 * policy.target_minutes as target_s,
        lag(starts.started_at) over (
            partition by policy.policy_id, starts.subject_type, starts.person_id
            order by starts.started_at, starts.subject_id
        ) as asked_before_at
    from starts
    inner join {{ ref('policy_sla') }} as policy
        on starts.starts_with = policy.starts_with
            and {{ in_force('policy', 'starts.started_at') }}
            and (
                starts.page is null
                or {{ regex_matches_column('starts.page', 'policy.start_page_pattern') }}
            )
),

desks as (
    select
        {{ owner_key('source_system', 'owner_record_id') }} as owner_id,
        calendar_id, valid_from, valid_to
    from {{ ref('policy_routing_member') }}
)

-- Two forms within a day, or one form that two trackers saw, are one request.
select
    agreed.policy_id,
    agreed.subject_id,
    agreed.subject_type,
    agreed.person_id,
    agreed.owner_id,
    cast(agreed.policy_version as {{ dbt.type_int() }}) as policy_version,
    agreed.clock_type,
    case
        when agreed.clock_type = 'business'
            then coalesce(min(desks.calendar_id), agreed.calendar_id)
        else agreed.calendar_id
    end as calendar_id,
    cast(agreed.target_s as {{ dbt.type_int() }}) as target_s,
    cast({{ dbt.date_trunc('second', 'agreed.started_at') }} as {{ dbt.type_timestamp() }})
        as started_at,
    '{{ var("contract_version") }}' as _contract_version
from agreed
left join desks
    on agreed.owner_id = desks.owner_id
        and {{ in_force('desks', 'agreed.started_at') }}
where agreed.subject_type <> 'event'
    or agreed.asked_before_at is null
    or {{ dbt.dateadd('day', 1, 'agreed.asked_before_at') }} <= agreed.started_at
group by
    agreed.policy_id, agreed.subject_id, agreed.subject_type, agreed.person_id, agreed.owner_id,
    agreed.policy_version, agreed.clock_type, agreed.calendar_id, agreed.target_s, agreed.started_at
