-- Grain: one row per row of stg_generic__lifecycle_change, which is in canonical words already.
{{ config(materialized='view') }}

select
    {{ provenance(
        'generic', 'lifecycle_change',
        source_system='source_system',
        record_id='source_record_id',
        updated_at='updated_at',
        is_deleted='is_deleted'
    ) }},
    subject_type,
    subject_record_id,
    to_stage,
    to_value,
    changed_at,
    asserted_by,
    field_name,
    reason
from {{ ref('stg_generic__lifecycle_change') }}
