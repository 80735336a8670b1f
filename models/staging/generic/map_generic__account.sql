-- Grain: one row per row of stg_generic__account, which is in canonical words already.
{{ config(materialized='view') }}

select
    {{ provenance(
        'generic', 'account',
        source_system='source_system',
        record_id='source_record_id',
        updated_at='updated_at',
        is_deleted='is_deleted'
    ) }},
    name,
    domain,
    industry,
    employees,
    annual_revenue,
    currency,
    city,
    region,
    postcode,
    country,
    parent_record_id,
    owner_record_id,
    lifecycle_stage,
    created_at,
    merged_into,
    merged_record_ids
from {{ ref('stg_generic__account') }}
