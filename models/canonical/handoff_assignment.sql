-- Grain: one time in which one owner had one handoff.
with handoffs as (
    select * from {{ ref('lead_handoff') }}
    where superseded_by is null
),

owner_changes as (
    select * from {{ ref('lead_work_history') }}
    where field = 'owner'
),

owners_at_handoff as (
    select
        handoffs.handoff_id,
        max(case when owner_changes.changed_at <= handoffs.handed_at then owner_changes.seq end)
            as seq,
        count(owner_changes.seq) as change_count
    from handoffs
    left join owner_changes
        on handoffs.person_id = owner_changes.person_id
    group by handoffs.handoff_id
),

-- The owner that the CRM had at that moment; without a history of owners, the one that builds saw
-- then. Where it had none, the one that our rules name.
first_owners as (
    select
        handoffs.handoff_id,
        handoffs.handed_at as assigned_at,
        0 as change_seq,
        coalesce(
            owner_changes.value,
            case when owners_at_handoff.change_count = 0 then profiles.owner_id end,
            decisions.owner_id
        ) as owner_id,
        case
            when owner_changes.value is not null then 'crm'
            when owners_at_handoff.change_count = 0 and profiles.owner_id is not null then 'crm'
            when decisions.owner_id is not null then 'routing'
            else 'fallback'
        end as assigned_by
    from handoffs
    inner join owners_at_handoff
        on handoffs.handoff_id = owners_at_handoff.handoff_id
    inner join {{ ref('lead_profile') }} as profiles
        on handoffs.person_id = profiles.person_id
            and {{ holds_at('profiles', 'handoffs.handed_at') }}
    left join owner_changes
        on handoffs.person_id = owner_changes.person_id
            and owners_at_handoff.seq = owner_changes.seq
    left join {{ ref('routing_decision') }} as decisions
        on handoffs.handoff_id = decisions.handoff_id
            and decisions.is_decision
),

later_owners as (
    select
        handoffs.handoff_id,
        owner_changes.changed_at as assigned_at,
        owner_changes.seq as change_seq,
        owner_changes.value as owner_id,
        case when owner_changes.is_automated then 'automatic' else 'manual' end as assigned_by
    from handoffs
    inner join owner_changes
        on handoffs.person_id = owner_changes.person_id
            and owner_changes.changed_at > handoffs.handed_at
            and coalesce(owner_changes.changed_at < handoffs.decided_at, true)
),

assigned as (
    select * from first_owners
    union all
    select * from later_owners
),

numbered as (
    select
        assigned.*,
        row_number() over (
            partition by assigned.handoff_id order by assigned.assigned_at, assigned.change_seq
        ) as seq,
        lead(assigned.assigned_at) over (
            partition by assigned.handoff_id order by assigned.assigned_at, assigned.change_seq
        ) as next_assigned_at
    from assigned
)

select
    numbered.handoff_id,
    cast(numbered.seq as {{ dbt.type_int() }}) as seq,
    numbered.owner_id,
    numbered.assigned_by,
    numbered.assigned_at,
    coalesce(numbered.next_assigned_at, handoffs.decided_at) as released_at,
    '{{ var("contract_version") }}' as _contract_version
from numbered
inner join handoffs
    on numbered.handoff_id = handoffs.handoff_id
