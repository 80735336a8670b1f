-- Grain: one raw row of a HubSpot object that others only look up.
{{ config(materialized='view') }}

select
    {{ provenance('hubspot', 'owner', record_id='id', updated_at='updated_at', is_deleted='is_deleted') }},
    'owner' as kind,
    coalesce(
        nullif(trim(coalesce(first_name, '') || ' ' || coalesce(last_name, '')), ''), email
    ) as label
from {{ ref('stg_hubspot__owner') }}

union all

select
    {{ provenance('hubspot', 'deal_pipeline_stage', record_id='stage_id', updated_at='updated_at', is_deleted='is_deleted') }},
    'pipeline_stage' as kind,
    label
from {{ ref('stg_hubspot__deal_pipeline_stage') }}

union all

select
    {{ provenance('hubspot', 'form', record_id='guid', updated_at='updated_at', is_deleted='is_deleted') }},
    'form' as kind,
    name as label
from {{ ref('stg_hubspot__form') }}

union all

select
    {{ provenance('hubspot', 'email_campaign', record_id='id') }},
    'campaign' as kind,
    name as label
from {{ ref('stg_hubspot__email_campaign') }}

union all

-- The common part of an engagement; map_hubspot__activity has what was done.
select
    {{ provenance('hubspot', 'engagement', record_id='id', updated_at='last_updated', is_deleted='is_deleted') }},
    'engagement' as kind,
    type as label
from {{ ref('stg_hubspot__engagement') }}
