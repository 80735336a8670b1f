-- Grain: one row per row of stg_generic__campaign_cost, which is in canonical words already.
{{ config(materialized='view') }}

select
    {{ provenance(
        'generic', 'campaign_cost',
        source_system='source_system',
        record_id='source_record_id',
        updated_at='updated_at',
        is_deleted='is_deleted'
    ) }},
    spent_on,
    source,
    medium,
    campaign,
    cost,
    currency,
    impressions,
    clicks
from {{ ref('stg_generic__campaign_cost') }}
