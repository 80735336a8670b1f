-- Grain: one raw row of HubSpot's deal object, as an opportunity; derived, an earlier state of one.
{{ config(materialized='view') }}

with

-- Grouped so that a stage that stands twice in the export can't double its deals.
stages as (
    select
        stage_id,
        max(label) as stage_label,
        max(display_order) as stage_rank,
        max(probability) as stage_probability,
        max(cast(is_closed as int)) = 1 as stage_is_closed,
        max(cast(closed_won as int)) = 1 as stage_is_won
    from {{ ref('stg_hubspot__deal_pipeline_stage') }}
    group by stage_id
),

merges as (
    select merged_deal_id, max(deal_id) as survivor_id
    from {{ ref('stg_hubspot__merged_deal') }}
    group by merged_deal_id
),

-- What is won is closed, also where the export does not say so.
deals as (
    select
        deal.*,
        stages.*,
        coalesce(hs_is_closed, stage_is_closed, nullif(hs_is_closed_won, false)) as is_closed
    from ({{ hubspot_deals() }}) as deal
    left join stages on deal.dealstage = stages.stage_id
)

select
    {{ provenance('hubspot', 'deal', 'id', updated_at='updated_at', is_deleted='is_deleted',
        derived='is_earlier') }},
    hs_primary_associated_company as account_record_id,
    hubspot_owner_id as owner_record_id,
    pipeline,
    coalesce(stage_label, dealstage) as stage,
    stage_rank,
    amount,
    deal_currency_code as currency,
    coalesce(hs_deal_stage_probability, stage_probability) as probability,
    case replace(lower(dealtype), ' ', '')
        when 'newbusiness' then 'new'
        when 'existingbusiness' then 'expansion'
        else lower(dealtype)
    end as type,
    hs_campaign as campaign_record_id,
    createdate as created_at,
    -- HubSpot has one date for both: it is the plan until the deal closes.
    case when not coalesce(is_closed, false) then cast(closedate as date) end as expected_close_date,
    case when is_closed then closedate end as closed_at,
    is_closed,
    coalesce(hs_is_closed_won, stage_is_won) as is_won,
    survivor_id as merged_into
from deals
left join merges on deals.id = merges.merged_deal_id
