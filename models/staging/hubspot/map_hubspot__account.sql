-- Grain: one raw row of HubSpot's company object, as an account.
{{ config(materialized='view') }}

select
    {{ provenance(
        'hubspot', 'company', record_id='id',
        updated_at='hs_lastmodifieddate', is_deleted='is_deleted'
    ) }},
    name,
    domain,
    industry,
    numberofemployees as employees,
    annualrevenue as annual_revenue,
    hs_annual_revenue_currency_code as currency,
    city,
    state as region,
    zip as postcode,
    country,
    hs_parent_company_id as parent_record_id,
    hubspot_owner_id as owner_record_id,
    lifecyclestage as lifecycle_stage,
    createdate as created_at,
    hs_merged_object_ids as merged_record_ids
from {{ ref('stg_hubspot__company') }}
