-- Grain: one opportunity of one system.
with opportunities as (
    select * from {{ ref('int_opportunity__linked') }}
),

contacts as (
    select * from {{ ref('int_opportunity__contacts') }}
    where is_primary_contact
),

campaigns as (
    select distinct source_system, source_record_id
    from {{ ref('int_reference__checked') }}
    where kind = 'campaign' and is_current
)

select
    opportunities.opportunity_id,
    opportunities.account_id,
    contacts.person_id as primary_person_id,
    case when opportunities.owner_record_id is not null then
        {{ owner_key('opportunities.source_system', 'opportunities.owner_record_id') }}
    end as owner_id,
    opportunities.pipeline,
    opportunities.stage,
    opportunities.stage_rank,
    case when opportunities.amount >= 0 then opportunities.amount end as amount,
    {{ currency_code('opportunities.currency') }} as currency,
    cast(opportunities.probability as decimal(9, 6)) as probability,
    opportunities.created_at,
    opportunities.expected_close_date,
    case when opportunities.is_closed then opportunities.closed_at end as closed_at,
    coalesce(opportunities.is_closed, false) as is_closed,
    coalesce(opportunities.is_won and opportunities.is_closed, false) as is_won,
    opportunities.closed_at < opportunities.created_at as has_date_conflict,
    cast(opportunities.reopened_count as {{ dbt.type_int() }}) as reopened_count,
    coalesce(opportunities.type, 'new') as type,
    case when campaigns.source_record_id is not null then
        {{ surrogate_key('cmp', ['campaigns.source_system', 'campaigns.source_record_id']) }}
    end as primary_campaign_id,
    opportunities.is_deleted,
    opportunities.record_updated_at as updated_at,
    opportunities.source_system as _source_system,
    opportunities.source_record_id as _source_record_id,
    opportunities._loaded_at,
    '{{ var("contract_version") }}' as _contract_version
from opportunities
left join contacts
    on opportunities.opportunity_id = contacts.opportunity_id
left join campaigns
    on opportunities.source_system = campaigns.source_system
        and opportunities.campaign_record_id = campaigns.source_record_id
