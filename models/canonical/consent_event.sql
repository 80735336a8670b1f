-- Grain: one statement about one contact point, purpose and channel; append only.
with statements as (
    select * from {{ ref('int_consent__stated') }}
)

select
    consent_event_id,
    contact_point_hash,
    contact_point_type,
    person_id,
    purpose,
    channel,
    action,
    lawful_basis,
    jurisdiction,
    captured_at,
    effective_from,
    effective_to,
    double_opt_in_at,
    method,
    evidence_ref,
    policy_version,
    actor,
    counts_from,
    source_system as _source_system,
    source_record_id as _source_record_id,
    _loaded_at,
    '{{ var("contract_version") }}' as _contract_version
from statements
