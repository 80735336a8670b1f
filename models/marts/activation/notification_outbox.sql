-- Grain: one message to a channel of the team about a lead or an alert.
with tasks as (
    select * from {{ ref('task_outbox') }}
),

alerts as (
    select * from {{ ref('alert') }}
    where is_open
),

messages as (
    select
        'new_mql:' || handoff_id as idempotency_key,
        'new_mql' as kind,
        'new-mqls' as channel,
        handoff_id as subject_id,
        person_id,
        owner_id,
        crm_record,
        'New MQL: ' || title as title,
        due_at,
        created_at,
        consent_state,
        blocked_because
    from tasks
    union all
    select
        'alert:' || alert_id,
        kind,
        case severity when 'sponsor' then 'sponsors' else 'sla-alerts' end,
        subject_id,
        null,
        owner_id,
        null,
        replace(kind, '_', ' ') || ': ' || replace(topic, '_', ' '),
        since as due_at,
        since as created_at,
        'nobody',
        null
    from alerts
)

select
    idempotency_key,
    kind,
    channel,
    subject_id,
    person_id,
    owner_id,
    crm_record,
    title,
    due_at,
    created_at,
    {{ dbt.dateadd('day', var('outbox_days'), 'created_at') }} as expires_at,
    consent_state,
    blocked_because,
    '{{ var("contract_version") }}' as _contract_version
from messages
