-- I14. Each model gives a conversion away once: the shares of its touches are 1, and their revenue is
-- the deal's amount to the cent; a conversion that a model leaves out is a row here too. The
-- comparison holds as many conversions and as much money as there are. If this fails, look at the
-- weights in policy_attribution_model.
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
    or abs(compared.credit - expected.conversions) > 0.000001
    or coalesce(expected.amount, -1) <> coalesce(compared.revenue, -1)
