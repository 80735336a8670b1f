-- Grain: one campaign and currency, by one model and level: what it cost, what it is credited with.
with costs as (
    select
        coalesce(campaign, '(none)') as campaign, currency, sum(cost) as cost,
        sum(impression_count) as impression_count, sum(click_count) as click_count,
        min(spent_on) as first_spent_on, max(spent_on) as last_spent_on
    from {{ ref('campaign_cost') }}
    group by coalesce(campaign, '(none)'), currency
),

credits as (
    select
        coalesce(credits.campaign, '(none)') as campaign, credits.level, credits.model,
        credits.currency, conversions.conversion_type, credits.credit, credits.revenue
    from {{ ref('attribution_credit') }} as credits
    inner join {{ ref('conversion') }} as conversions
        on credits.conversion_id = conversions.conversion_id
),

money as (
    select
        campaign, level, model, currency,
        sum(case when conversion_type = 'opportunity' then revenue end) as pipeline_amount,
        sum(case when conversion_type in ('new_business', 'expansion', 'renewal') then revenue end)
            as won_amount
    from credits
    where currency is not null
    group by campaign, level, model, currency
),

-- People and deals count for a campaign in whatever currency its money is.
numbers as (
    select
        campaign, level, model,
        sum(case when conversion_type = 'lead' then credit else 0 end) as lead_credit,
        sum(case when conversion_type = 'opportunity' then credit else 0 end) as opportunity_credit,
        sum(case when conversion_type = 'new_business' then credit else 0 end) as customer_credit
    from credits
    group by campaign, level, model
),

ways as (
    select distinct level, model from credits
),

-- A campaign with neither cost nor money has a row without a currency.
listed as (
    select costs.campaign, ways.level, ways.model, costs.currency
    from costs
    cross join ways
    union
    select campaign, level, model, currency from money
    union
    select numbers.campaign, numbers.level, numbers.model, cast(null as {{ dbt.type_string() }})
    from numbers
    left join costs
        on numbers.campaign = costs.campaign
    left join money
        on numbers.campaign = money.campaign and numbers.level = money.level
            and numbers.model = money.model
    where costs.campaign is null and money.campaign is null
),

compared as (
    select
        listed.campaign, listed.level, listed.model, listed.currency,
        case when costs.currency is not null then costs.cost end as cost,
        costs.impression_count, costs.click_count, costs.first_spent_on, costs.last_spent_on,
        money.pipeline_amount, money.won_amount,
        coalesce(numbers.lead_credit, 0) as lead_credit,
        coalesce(numbers.opportunity_credit, 0) as opportunity_credit,
        coalesce(numbers.customer_credit, 0) as customer_credit,
        -- Only where all that was spent is in one known currency can anything be divided by it.
        case when count(costs.campaign) over way = 1 and costs.currency is not null
            and listed.campaign <> '(none)' then nullif(costs.cost, 0) end as whole_cost,
        count(money.won_amount) over way > case when money.won_amount is null then 0 else 1 end
            as has_won_in_other_currencies
    from listed
    left join costs
        on listed.campaign = costs.campaign
            and coalesce(listed.currency, '') = coalesce(costs.currency, '')
    left join money
        on listed.campaign = money.campaign
            and listed.level = money.level
            and listed.model = money.model
            and listed.currency = money.currency
    left join numbers
        on listed.campaign = numbers.campaign
            and listed.level = numbers.level
            and listed.model = numbers.model
    window way as (partition by listed.campaign, listed.level, listed.model)
)

select
    {{ surrogate_key('crt', ['campaign', 'level', 'model', "coalesce(currency, '')"]) }}
        as campaign_return_id,
    campaign,
    level,
    model,
    currency,
    cast(cost as decimal(18, 2)) as cost,
    cast(impression_count as {{ dbt.type_bigint() }}) as impression_count,
    cast(click_count as {{ dbt.type_bigint() }}) as click_count,
    first_spent_on,
    last_spent_on,
    cast(pipeline_amount as decimal(18, 2)) as pipeline_amount,
    cast(won_amount as decimal(18, 2)) as won_amount,
    {%- for happening in ['lead', 'opportunity', 'customer'] %}
    cast({{ happening }}_credit as decimal(26, 12)) as {{ happening }}_credit,
    {%- endfor %}
    cast(round(1.0 * coalesce(won_amount, 0) / whole_cost, 4) as decimal(18, 4)) as return_on_spend,
    {%- for happening in ['lead', 'opportunity', 'customer'] %}
    cast(round(1.0 * whole_cost / nullif({{ happening }}_credit, 0), 2) as decimal(18, 2))
        as cost_per_{{ happening }},
    {%- endfor %}
    whole_cost is not null and has_won_in_other_currencies as is_lower_bound,
    '{{ var("contract_version") }}' as _contract_version
from compared
