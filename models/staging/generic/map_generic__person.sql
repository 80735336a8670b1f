-- Grain: one row per row of stg_generic__person, which is in canonical words already.
{{ config(materialized='view') }}

select
    {{ provenance(
        'generic', 'person',
        source_system='source_system',
        record_id='source_record_id',
        updated_at='updated_at',
        is_deleted='is_deleted'
    ) }},
    email,
    additional_emails,
    phone,
    first_name,
    last_name,
    job_title,
    company_name,
    company_domain,
    company_record_id,
    street,
    city,
    region,
    postcode,
    country,
    date_of_birth,
    user_id,
    anonymous_id,
    lead_status,
    lifecycle_stage,
    owner_record_id,
    acquisition_source,
    acquisition_medium,
    acquisition_campaign,
    created_at,
    merged_into,
    merged_record_ids
from {{ ref('stg_generic__person') }}
