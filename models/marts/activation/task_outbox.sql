-- Grain: one task for the owner of a lead that waits for sales.
with handoffs as (
    select * from {{ ref('lead_handoff') }}
    where status = 'pending'
),

clocks as (
    select * from {{ ref('sla_instance') }}
    where policy_id = 'mql_first_response' and stopped_at is null
),

-- Whoever refused to be written to for marketing is not called either.
refusals as (
    select distinct person_id from {{ ref('consent_current') }}
    where state = 'denied' and purpose in ('marketing', '*')
),

consents as (
    {{ consent_states('marketing', 'email') }}
),

assignments as (
    select
        *,
        row_number() over (partition by handoff_id order by seq desc) as owners_ago
    from {{ ref('handoff_assignment') }}
)

select
    'task:first_response:' || handoffs.handoff_id as idempotency_key,
    handoffs.handoff_id,
    handoffs.person_id,
    assignments.owner_id,
    replace(handoffs._qualified_record, 'definition:', '') as crm_record,
    'Contact the new lead and update its status' as title,
    clocks.due_at,
    handoffs.handed_at as created_at,
    {{ dbt.dateadd('day', var('outbox_days'), 'handoffs.handed_at') }} as expires_at,
    {{ consent_allows('persons.email_key', 'marketing', 'email') }} as may_email,
    coalesce(consents.state, 'unknown') as consent_state,
    case
        when refusals.person_id is not null then 'consent denied'
        when persons.status <> 'live' then 'person is gone'
        when assignments.owner_id is null then 'no owner'
    end as blocked_because,
    '{{ var("contract_version") }}' as _contract_version
from handoffs
inner join {{ ref('person') }} as persons
    on handoffs.person_id = persons.person_id
inner join clocks
    on handoffs.handoff_id = clocks.subject_id
left join assignments
    on handoffs.handoff_id = assignments.handoff_id
        and assignments.owners_ago = 1
left join consents
    on persons.email_key = consents.contact_point_hash
left join refusals
    on handoffs.person_id = refusals.person_id
