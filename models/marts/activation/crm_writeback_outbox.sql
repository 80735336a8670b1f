-- Grain: one value of one field that the CRM should take over for one record.
with handoffs as (
    select * from {{ ref('lead_handoff') }}
    where status = 'pending' and _qualified_record not like 'definition:%'
),

-- Where the CRM had no owner, and has named none since.
ownerless as (
    select handoff_id from {{ ref('handoff_assignment') }}
    group by handoff_id
    having max(seq) = 1 and max(assigned_by) = 'routing'
),

-- Whoever our rules chose, by the id that the record's own system knows them by.
chosen_owners as (
    select distinct handoffs.handoff_id, members.owner_record_id
    from handoffs
    inner join {{ ref('routing_decision') }} as decisions
        on handoffs.handoff_id = decisions.handoff_id
    inner join {{ ref('policy_routing_member') }} as members
        on decisions.owner_id = {{ owner_key('members.source_system', 'members.owner_record_id') }}
            and {{ record_system('handoffs._qualified_record') }} = members.source_system
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

-- A due moment is written only while it stands.
changes as (
    select
        handoffs.handoff_id, 'owner' as field, chosen_owners.owner_record_id as value
    from handoffs
    inner join ownerless
        on handoffs.handoff_id = ownerless.handoff_id
    inner join chosen_owners
        on handoffs.handoff_id = chosen_owners.handoff_id
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
