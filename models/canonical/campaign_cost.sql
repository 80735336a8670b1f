-- Grain: one statement of what a campaign cost on a day.
with costs as (
    select * from {{ ref('int_campaign_cost__named') }}
),

channels as (
    select * from {{ ref('int_source__channels') }}
)

select
    {{ surrogate_key('cst', [
        'costs.source_system', 'costs.source_object', 'costs.source_record_id',
    ]) }} as campaign_cost_id,
    costs.spent_on,
    costs.source_id,
    costs.touch_campaign as campaign,
    coalesce(channels.channel_group, 'Unassigned') as channel_group,
    costs.cost,
    case when costs.cost is not null then {{ currency_code('costs.currency') }} end as currency,
    costs.impressions as impression_count,
    costs.clicks as click_count,
    costs.source_system as _source_system,
    costs.source_record_id as _source_record_id,
    costs._loaded_at,
    '{{ var("contract_version") }}' as _contract_version
from costs
left join channels
    on costs.source_id = channels.source_key
        and {{ in_force('channels', 'costs.spent_on') }}
