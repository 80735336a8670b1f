-- Grain: one value of one field that the CRM should take over for one record.
with handoffs as (
    select * from {{ ref('lead_handoff') }}
    where status = 'pending' and _qualified_record not like 'definition:%'
),

first_owners as (
    select * from {{ ref('handoff_assignment') }}
    where seq = 1
),

decisions as (
    select decisions.handoff_id, members.source_system, members.owner_record_id
    from {{ ref('routing_decision') }} as decisions
    inner join {{ ref('policy_routing_member') }} as members
        on decisions.owner_id = {{ owner_key('members.source_system', 'members.owner_record_id') }}
            and decisions.queue_id = members.queue_id
            and {{ in_force('members', 'decisions.decided_at') }}
    where decisions.is_decision
),

clocks as (
    select * from {{ ref('sla_instance') }}
    where policy_id = 'mql_first_response'
),

consents as (
    {{ consent_states('marketing', 'email') }}
),

-- An owner is written only where the CRM had none, a due moment only while it stands.
changes as (
    select
        handoffs.handoff_id, 'owner' as field, decisions.owner_record_id as value
    from handoffs
    inner join first_owners
        on handoffs.handoff_id = first_owners.handoff_id
            and first_owners.assigned_by = 'routing'
    inner join decisions
        on handoffs.handoff_id = decisions.handoff_id
    union all
    select
        handoffs.handoff_id, 'first_response_due_at',
        cast(clocks.due_at as {{ dbt.type_string() }})
    from handoffs
    inner join clocks
        on handoffs.handoff_id = clocks.subject_id
    where clocks.due_at is not null and not clocks.is_paused
)

select
    {{ surrogate_key('crm', ['handoffs.handoff_id', 'changes.field', 'changes.value']) }}
        as idempotency_key,
    handoffs.handoff_id,
    handoffs.person_id,
    handoffs._qualified_record as crm_record,
    changes.field,
    changes.value,
    handoffs.handed_at as created_at,
    {{ dbt.dateadd('day', var('outbox_days'), 'handoffs.handed_at') }} as expires_at,
    coalesce(consents.state, 'unknown') as consent_state,
    case when persons.status <> 'live' then 'person is gone' end as blocked_because,
    '{{ var("contract_version") }}' as _contract_version
from changes
inner join handoffs
    on changes.handoff_id = handoffs.handoff_id
inner join {{ ref('person') }} as persons
    on handoffs.person_id = persons.person_id
left join consents
    on persons.email_key = consents.contact_point_hash
