-- Grain: one measure in one week or month, for all, one segment or one owner.
with facts as (
    select * from {{ ref('scorecard_fact') }}
),

cuts as (
    {%- for cut_by in ['all', 'segment', 'owner', 'team'] %}
    select 'week' as period_type, '{{ cut_by }}' as cut_by
    union all
    select 'month', '{{ cut_by }}'
    union all
    {%- endfor %}
    select 'month', 'currency'
),

-- How much of a month's business days is over: the pace that a volume is held against.
paces as (
    select
        volumes.measure,
        cast({{ dbt.date_trunc('month', 'days.utc_day') }} as date) as month_start,
        min(volumes.target) as target,
        1.0 * sum(case when days.utc_day < {{ as_of() }} then days.days_started else 0 end)
            / nullif(sum(days.days_started), 0) as share_over
    from {{ ref('policy_commitment') }} as volumes
    inner join {{ ref('business_day') }} as days
        on volumes.calendar_id = days.calendar_id
            and {{ in_force('volumes', 'days.utc_day') }}
    where volumes.kind = 'volume'
    group by volumes.measure, cast({{ dbt.date_trunc('month', 'days.utc_day') }} as date)
),

firsts as (
    select measure, min(month_start) as since from facts
    group by measure
),

-- A month since the first in which nothing came is a row of a volume too: it is behind.
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
            when 'team' then facts.team
            else 'all'
        end as cut
    from facts
    cross join cuts
    union all
    select paces.measure, null, paces.target, null, null, 'month', 'all', paces.month_start, 'all'
    from paces
    inner join firsts
        on paces.measure = firsts.measure
            and paces.month_start >= firsts.since
    where paces.month_start <= {{ as_of() }}
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
        count(is_good) as total_count,
        min(target) as target,
        case when min(currency) = max(currency) then sum(good_amount) end as good_amount,
        case when min(currency) = max(currency) then min(currency) end as currency
    from cut_facts
    group by period_type, period_start, measure, cut_by, cut
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
    cast(round(1.0 * good_count / nullif(total_count, 0), 4) as decimal(9, 4)) as share,
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
