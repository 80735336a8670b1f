-- Grain: one row per row of stg_generic__opportunity, which is in canonical words already.
{{ config(materialized='view') }}

select
    {{ provenance(
        'generic', 'opportunity',
        source_system='source_system',
        record_id='source_record_id',
        updated_at='updated_at',
        is_deleted='is_deleted'
    ) }},
    account_record_id,
    person_record_id,
    owner_record_id,
    pipeline,
    stage,
    stage_rank,
    amount,
    currency,
    probability,
    type,
    campaign_record_id,
    created_at,
    expected_close_date,
    closed_at,
    coalesce(is_closed, nullif(is_won, false)) as is_closed,  -- what is won is closed
    is_won,
    merged_into
from {{ ref('stg_generic__opportunity') }}
