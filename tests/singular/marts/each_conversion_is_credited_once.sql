-- I14. Each model gives a conversion away once: the shares of its touches are 1, and their revenue is
-- the deal's amount to the cent; a conversion that a model leaves out is a row here too. The
-- comparison holds as many conversions and as much money as there are, and so do the returns of
-- campaigns, with all that was spent. If this fails, look at the weights in policy_attribution_model.
with conversions as (
    select * from {{ ref('conversion') }}
),

models as (
    select level, model
    from {{ ref('attribution_credit') }}
    group by level, model
),

credited as (
    select conversion_id, level, model, sum(credit) as credit, sum(revenue) as revenue
    from {{ ref('attribution_credit') }}
    group by conversion_id, level, model
),

expected as (
    select conversion_type, coalesce(currency, '') as currency, count(*) as conversions, sum(amount) as amount
    from conversions
    group by conversion_type, coalesce(currency, '')
),

compared as (
    select
        conversion_type, level, model, coalesce(currency, '') as currency,
        sum(credit) as credit, sum(revenue) as revenue
    from {{ ref('attribution_comparison') }}
    group by conversion_type, level, model, coalesce(currency, '')
),

spent as (
    select currency, sum(cost) as cost from {{ ref('campaign_cost') }}
    where currency is not null
    group by currency
),

won as (
    select currency, sum(amount) as amount from expected
    where currency <> '' and conversion_type in ('new_business', 'expansion', 'renewal')
    group by currency
),

returned as (
    select level, model, currency, sum(cost) as cost, sum(won_amount) as won_amount
    from {{ ref('campaign_return') }}
    where currency is not null
    group by level, model, currency
)

select
    conversions.conversion_id as what, models.level, models.model, credited.credit,
    conversions.amount, credited.revenue
from conversions
cross join models
left join credited
    on conversions.conversion_id = credited.conversion_id
        and models.level = credited.level
        and models.model = credited.model
where credited.conversion_id is null
    or abs(credited.credit - 1) > 0.000000001
    or coalesce(conversions.amount, -1) <> coalesce(credited.revenue, -1)
union all
select
    compared.conversion_type || ' ' || compared.currency, compared.level, compared.model,
    compared.credit, expected.amount, compared.revenue
from compared
left join expected
    on compared.conversion_type = expected.conversion_type
        and compared.currency = expected.currency
where expected.conversions is null
    or abs(compared.credit - expected.conversions) > 0.000000001 * expected.conversions
    or coalesce(expected.amount, -1) <> coalesce(compared.revenue, -1)
union all
select
    'returns of campaigns in ' || returned.currency, returned.level, returned.model,
    cast(returned.cost as {{ sql_type('double') }}), won.amount, returned.won_amount
from returned
left join spent
    on returned.currency = spent.currency
left join won
    on returned.currency = won.currency
where coalesce(returned.cost, 0) <> coalesce(spent.cost, 0)
    or coalesce(returned.won_amount, 0) <> coalesce(won.amount, 0)
