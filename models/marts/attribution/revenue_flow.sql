-- Grain: one channel's part of the deals opened in a month, by outcome, level, model and currency.
with openings as (
    select * from {{ ref('conversion') }}
    where conversion_type = 'opportunity'
),

deals as (
    select * from {{ ref('opportunity') }}
),

credited as (
    select
        cast({{ dbt.date_trunc('month', 'openings.converted_at') }} as date) as opened_month,
        deals.type as opportunity_type,
        case
            when deals.is_won then 'won'
            when deals.is_closed then 'lost'
            else 'open'
        end as outcome,
        credits.level,
        credits.model,
        credits.channel_group,
        credits.currency,
        credits.credit,
        credits.revenue as amount
    from openings
    inner join deals
        on openings.opportunity_id = deals.opportunity_id
    inner join {{ ref('attribution_credit') }} as credits
        on openings.conversion_id = credits.conversion_id
)

select
    {{ surrogate_key('rvf', [
        dbt.cast('opened_month', dbt.type_string()), 'opportunity_type', 'outcome', 'level', 'model',
        'channel_group', "coalesce(currency, '')"
    ]) }} as revenue_flow_id,
    opened_month,
    opportunity_type,
    outcome,
    level,
    model,
    channel_group,
    channel_group <> '(none)' as is_marketing_touched,
    cast(sum(credit) as decimal(26, 12)) as opportunity_credit,
    cast(sum(amount) as decimal(18, 2)) as pipeline_amount,
    cast(sum(case when outcome = 'won' then amount end) as decimal(18, 2)) as won_amount,
    currency,
    '{{ var("contract_version") }}' as _contract_version
from credited
group by
    opened_month, opportunity_type, outcome, level, model, channel_group, currency
