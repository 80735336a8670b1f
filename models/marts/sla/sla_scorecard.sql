-- Grain: one measure in one week or month, for all, one segment or one owner.
with facts as (
    select * from {{ ref('scorecard_fact') }}
),

cuts as (
    select 'week' as period_type, 'all' as cut_by
    union all
    select 'week', 'segment'
    union all
    select 'week', 'owner'
    union all
    select 'month', 'all'
    union all
    select 'month', 'segment'
    union all
    select 'month', 'owner'
    union all
    select 'month', 'currency'
),

cut_facts as (
    select
        facts.measure,
        facts.is_good,
        facts.target,
        case when facts.is_good then facts.amount end as good_amount,
        case when facts.is_good and facts.amount is not null then facts.currency end as currency,
        cuts.period_type,
        cuts.cut_by,
        case when cuts.period_type = 'week' then facts.week_start else facts.month_start end
            as period_start,
        case cuts.cut_by
            when 'segment' then facts.segment
            when 'currency' then coalesce(facts.currency, 'none')
            when 'owner' then facts.owner_id
            else 'all'
        end as cut
    from facts
    cross join cuts
),

counted as (
    select
        period_type,
        period_start,
        measure,
        cut_by,
        cut,
        cast({{ dbt.date_trunc('month', 'period_start') }} as date) as month_start,
        sum(case when is_good then 1 else 0 end) as good_count,
        count(*) as total_count,
        min(target) as target,
        case when min(currency) = max(currency) then sum(good_amount) end as good_amount,
        case when min(currency) = max(currency) then min(currency) end as currency
    from cut_facts
    group by period_type, period_start, measure, cut_by, cut
),

month_days as (
    select
        calendar_id,
        utc_day,
        cast({{ dbt.date_trunc('month', 'utc_day') }} as date) as month_start,
        days_started,
        case when utc_day < {{ as_of() }} then days_started else 0 end as days_over
    from {{ ref('business_day') }}
),

-- How much of a month's business days is over: the pace that a volume is held against.
paces as (
    select
        volumes.measure,
        month_days.month_start,
        1.0 * sum(month_days.days_over) / nullif(sum(month_days.days_started), 0) as share_over
    from {{ ref('policy_commitment') }} as volumes
    inner join month_days
        on volumes.calendar_id = month_days.calendar_id
            and {{ in_force('volumes', 'month_days.utc_day') }}
    where volumes.kind = 'volume'
    group by volumes.measure, month_days.month_start
),

judged as (
    select
        counted.*,
        paces.measure is not null as is_volume,
        case when paces.measure is not null and counted.cut_by = 'all'
            and counted.period_type = 'month' then counted.target end as volume_target,
        paces.share_over
    from counted
    left join paces
        on counted.measure = paces.measure and counted.month_start = paces.month_start
)

select
    period_type,
    period_start,
    measure,
    cut_by,
    cut,
    cast(good_count as {{ dbt.type_int() }}) as good_count,
    cast(total_count as {{ dbt.type_int() }}) as total_count,
    cast(round(1.0 * good_count / total_count, 4) as decimal(9, 4)) as share,
    cast(good_amount as decimal(18, 2)) as good_amount,
    currency,
    cast(case when is_volume then volume_target else target end as decimal(9, 2)) as target,
    cast(round(volume_target * share_over, 1) as decimal(9, 1)) as expected_to_date,
    case
        when is_volume then good_count >= volume_target
        else good_count >= target * total_count
    end as is_met,
    is_volume and good_count < volume_target * share_over as is_behind_pace,
    period_start <= {{ as_of() }} and case
        when period_type = 'week' then {{ dbt.dateadd('day', 7, 'period_start') }}
        else {{ dbt.dateadd('month', 1, 'period_start') }}
    end > {{ as_of() }} as is_running,
    '{{ var("contract_version") }}' as _contract_version
from judged
