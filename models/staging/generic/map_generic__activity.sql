-- Grain: one row per row of stg_generic__activity, which is in canonical words already.
{{ config(materialized='view') }}

select
    {{ provenance(
        'generic', 'activity',
        source_system='source_system',
        record_id='source_record_id',
        updated_at='updated_at',
        is_deleted='is_deleted'
    ) }},
    activity_type,
    direction,
    outcome,
    is_automated,
    occurred_at,
    person_record_id,
    account_record_id,
    opportunity_record_id,
    owner_record_id
from {{ ref('stg_generic__activity') }}
