-- Grain: one revenue target in force, worked back to the qualified leads that it takes.
with targets as (
    select
        policy.*,
        policy.monthly_revenue * policy.marketing_share as marketing_revenue,
        {{ dbt.dateadd('month', '-policy.history_months', as_of()) }} as looked_back_to
    from {{ ref('policy_revenue_target') }} as policy
    where {{ in_force('policy') }}
),

closed as (
    select * from {{ ref('opportunity') }}
    where is_closed and not is_deleted and closed_at <= {{ as_of() }}
),

deals as (
    select
        targets.target_id,
        count(case when closed.is_won then closed.opportunity_id end) as won_count,
        count(closed.opportunity_id) as closed_count,
        avg(case when closed.is_won then closed.amount end) as mean_won_amount
    from targets
    left join closed
        on targets.currency = closed.currency
            and targets.looked_back_to <= closed.closed_at
    group by targets.target_id
),

cohorts as (
    select * from {{ ref('funnel_cohort') }}
    where segment = 'all'
),

-- Of the leads of months that hardly move any more, how many came how far.
leads as (
    select
        targets.target_id,
        coalesce(sum(case when cohorts.stage = 'mql' then cohorts.reached_count end), 0)
            as mql_count,
        coalesce(sum(case when cohorts.stage = 'sql' then cohorts.reached_count end), 0)
            as sql_count,
        coalesce(sum(case when cohorts.stage = 'opportunity' then cohorts.reached_count end), 0)
            as opportunity_count
    from targets
    left join cohorts
        on targets.mature_months < cohorts.months_since
            and targets.history_months >= cohorts.months_since
    group by targets.target_id
),

volumes as (
    select max(target) as agreed_mqls
    from {{ ref('policy_commitment') }} as policy
    where measure = 'conforming_mqls' and kind = 'volume' and {{ in_force('policy') }}
),

-- What was never seen has no rate, and then no number is needed: it is unknown.
rates as (
    select
        targets.target_id, targets.currency, targets.monthly_revenue, targets.marketing_revenue,
        deals.won_count, deals.closed_count,
        leads.mql_count, leads.sql_count, leads.opportunity_count,
        volumes.agreed_mqls,
        nullif(cast(deals.mean_won_amount as {{ sql_type('double') }}), 0) as mean_won_amount,
        nullif(1.0 * deals.won_count / nullif(deals.closed_count, 0), 0) as win_rate,
        nullif(1.0 * leads.opportunity_count / nullif(leads.sql_count, 0), 0) as opportunity_rate,
        nullif(1.0 * leads.sql_count / nullif(leads.mql_count, 0), 0) as sql_rate
    from targets
    inner join deals
        on targets.target_id = deals.target_id
    inner join leads
        on targets.target_id = leads.target_id
    cross join volumes
),

needed as (
    select
        *,
        marketing_revenue / mean_won_amount as deals,
        marketing_revenue / (mean_won_amount * win_rate) as opportunities,
        marketing_revenue / (mean_won_amount * win_rate * opportunity_rate) as sqls,
        marketing_revenue / (mean_won_amount * win_rate * opportunity_rate * sql_rate) as mqls
    from rates
)

select
    target_id,
    currency,
    cast(monthly_revenue as decimal(18, 2)) as monthly_revenue,
    cast(marketing_revenue as decimal(18, 2)) as marketing_revenue,
    cast(round(mean_won_amount, 2) as decimal(18, 2)) as mean_won_amount,
    {%- for rate in ['win', 'opportunity', 'sql'] %}
    cast(round({{ rate }}_rate, 4) as decimal(9, 4)) as {{ rate }}_rate,
    {%- endfor %}
    {%- for count in ['won', 'closed', 'mql', 'sql', 'opportunity'] %}
    cast({{ count }}_count as {{ dbt.type_int() }}) as {{ count }}_count,
    {%- endfor %}
    {%- for step in ['deals', 'opportunities', 'sqls', 'mqls'] %}
    cast(ceil(round({{ step }}, 6)) as {{ dbt.type_int() }}) as needed_{{ step }},
    {%- endfor %}
    cast(agreed_mqls as {{ dbt.type_int() }}) as agreed_mqls,
    -- Below thirty of either the rates are little more than chance.
    closed_count >= 30 and mql_count >= 30 as has_enough_history,
    '{{ var("contract_version") }}' as _contract_version
from needed
