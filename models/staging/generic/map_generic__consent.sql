-- Grain: one row per row of stg_generic__consent. What its words mean says policy_consent_word.
{{ config(materialized='view') }}

select
    {{ provenance(
        'generic', 'consent',
        source_system='source_system',
        record_id='source_record_id',
        updated_at='updated_at',
        is_deleted='is_deleted'
    ) }},
    contact_point_type,
    contact_point,
    person_record_id,
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
    actor
from {{ ref('stg_generic__consent') }}
