-- Grain: one business calendar and UTC day.
{% set horizon = dbt.date_trunc('year', dbt.dateadd('year', 3, as_of())) %}

-- Clocks look ahead to when they are due: two years at least.
with spine as (
    {{ dbt.date_spine('day', "cast('2015-01-01' as date)", horizon) }}
),

covered as (
    select
        calendars.calendar_id,
        calendars.time_zone,
        cast(spine.date_day as date) as covered_day
    from {{ ref('policy_business_calendar') }} as calendars
    inner join spine
        on {{ in_force('calendars', 'spine.date_day') }}
),

-- A window that closes at or before its opening ends on the next day. A wall clock that a change
-- skips moves forward; one that it repeats is the later one.
stretches as (
    select
        covered.calendar_id,
        row_number() over (
            partition by covered.calendar_id, covered.covered_day order by windows.opens_at
        ) as window_number,
        {{ local_to_utc(dbt.dateadd('minute', minutes_of_day('windows.opens_at'),
            'cast(covered.covered_day as ' ~ dbt.type_timestamp() ~ ')'),
            'covered.time_zone') }} as opens_at,
        {{ local_to_utc(dbt.dateadd('minute', minutes_of_day('windows.closes_at')
            ~ ' + case when windows.closes_at <= windows.opens_at then 1440 else 0 end',
            'cast(covered.covered_day as ' ~ dbt.type_timestamp() ~ ')'),
            'covered.time_zone') }} as closes_at
    from covered
    inner join {{ ref('policy_business_window') }} as windows
        on covered.calendar_id = windows.calendar_id
            and {{ iso_weekday('covered.covered_day') }} = windows.iso_weekday
            and {{ in_force('windows', 'covered.covered_day') }}
    left join {{ ref('int_business__holidays') }} as holidays
        on covered.calendar_id = holidays.calendar_id
            and covered.covered_day = holidays.holiday_date
    where holidays.holiday_date is null
),

-- A change of the clock can push a stretch into the next one; each second is counted once.
disjoint as (
    select
        calendar_id,
        window_number,
        {{ greatest_of(['opens_at', 'max(closes_at) over (
            partition by calendar_id order by opens_at, closes_at
            rows between unbounded preceding and 1 preceding
        )']) }} as opens_at,
        closes_at
    from stretches
),

-- The part of a stretch that lies in one UTC day, in seconds of that day.
pieces as (
    select
        disjoint.calendar_id,
        spine.date_day as utc_day,
        case
            when disjoint.window_number = 1 and disjoint.opens_at >= spine.date_day then 1 else 0
        end as starts_day,
        {{ greatest_of([seconds_between('spine.date_day', 'disjoint.opens_at'), '0']) }} as opens,
        {{ least_of([seconds_between('spine.date_day', 'disjoint.closes_at'), '86400']) }} as closes
    from disjoint
    inner join spine
        on spine.date_day > {{ dbt.dateadd('day', -1, 'disjoint.opens_at') }}
            and spine.date_day < disjoint.closes_at
    where disjoint.opens_at < disjoint.closes_at
),

slots as (
    select
        *,
        row_number() over (partition by calendar_id, utc_day order by opens) as slot
    from pieces
),

days as (
    select
        covered.calendar_id,
        covered.covered_day as utc_day,
        coalesce(max(slots.slot), 0) as stretch_count,
        coalesce(sum(slots.starts_day), 0) as days_started,
        cast(coalesce(sum(slots.closes - slots.opens), 0) as bigint) as seconds_open,
        {{ business_slot_columns('slots') }}
    from covered
    left join slots
        on covered.calendar_id = slots.calendar_id
            and covered.covered_day = cast(slots.utc_day as date)
    group by covered.calendar_id, covered.covered_day
)

select
    calendar_id,
    utc_day,
    cast(days_started as {{ dbt.type_int() }}) as days_started,
    {{ running_sum_before('days_started') }} as open_days_before,
    cast(stretch_count as {{ dbt.type_int() }}) as stretch_count,
    seconds_open,
    {{ running_sum_before('seconds_open') }} as seconds_before,
    opens_1,
    closes_1,
    opens_2,
    closes_2,
    opens_3,
    closes_3,
    opens_4,
    closes_4,
    '{{ var("contract_version") }}' as _contract_version
from days
