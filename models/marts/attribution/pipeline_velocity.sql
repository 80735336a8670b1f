-- Grain: one month, type of deal and currency: what the pipeline earns a day.
with deals as (
    select * from {{ ref('opportunity') }}
    where not is_deleted and currency is not null and not coalesce(has_date_conflict, false)
),

kinds as (
    select type, currency, min(created_at) as first_created_at
    from deals
    group by type, currency
),

months as (
    select month_start, cast({{ dbt.dateadd('month', 1, 'month_start') }} as date) as month_end
    from {{ ref('date_day') }}
    where date_day <= cast({{ as_of() }} as date)
    group by month_start
),

counted as (
    select
        months.month_start,
        kinds.type,
        kinds.currency,
        count(deals.opportunity_id) as deal_count,
        sum(case when deals.is_won and deals.closed_at < months.month_end then 1 else 0 end)
            as won_count,
        sum(case when not deals.is_won and deals.is_closed and deals.closed_at < months.month_end
            then 1 else 0 end) as lost_count,
        sum(case when deals.is_won and deals.closed_at < months.month_end then deals.amount end)
            as won_amount,
        sum(case when deals.is_won and deals.closed_at < months.month_end
            then {{ seconds_between('deals.created_at', 'deals.closed_at') }} end) as won_seconds
    from kinds
    inner join months
        on months.month_end > kinds.first_created_at
    left join deals
        on kinds.type = deals.type
            and kinds.currency = deals.currency
            and deals.created_at < months.month_end
            and coalesce(deals.closed_at, cast('9999-12-31' as {{ dbt.type_timestamp() }}))
                >= months.month_start
    group by months.month_start, kinds.type, kinds.currency
),

measured as (
    select
        counted.*,
        1.0 * won_count / nullif(won_count + lost_count, 0) as win_rate,
        1.0 * won_amount / nullif(won_count, 0) as mean_won_amount,
        1.0 * won_seconds / nullif(won_count, 0) / 86400 as mean_cycle_days
    from counted
)

select
    {{ surrogate_key('pvl', [
        dbt.cast('month_start', dbt.type_string()), 'type', 'currency'
    ]) }} as pipeline_velocity_id,
    month_start as month,
    type as opportunity_type,
    currency,
    cast(deal_count as {{ dbt.type_int() }}) as deal_count,
    cast(won_count as {{ dbt.type_int() }}) as won_count,
    cast(lost_count as {{ dbt.type_int() }}) as lost_count,
    cast(round(win_rate, 4) as decimal(9, 4)) as win_rate,
    cast(round(mean_won_amount, 2) as decimal(18, 2)) as mean_won_amount,
    cast(round(mean_cycle_days, 2) as decimal(18, 2)) as mean_cycle_days,
    cast(round(
        nullif(deal_count, 0) * win_rate * mean_won_amount / nullif(mean_cycle_days, 0), 2
    ) as decimal(18, 2)) as velocity_per_day,
    '{{ var("contract_version") }}' as _contract_version
from measured
