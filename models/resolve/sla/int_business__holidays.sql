-- Grain: one day on which a business calendar stays closed.
{{ config(materialized='view') }}

with rules as (
    select * from {{ ref('policy_business_holiday') }}
),

years as (
    select 2014 + generated_number as year_no
    from ({{ dbt.generate_series(85) }}) as numbers
),

-- Easter by the rule of Gauss, right from 1900 to 2099: the full moon, then the Sunday after it.
moons as (
    select
        year_no,
        cast(cast(year_no as {{ dbt.type_string() }}) || '-01-01' as date) as january,
        mod(19 * mod(year_no, 19) + 24, 30) as moon,
        2 * mod(year_no, 4) + 4 * mod(year_no, 7) + 5 as weekday_drift,
        mod(year_no, 19) > 10 as is_late_in_cycle
    from years
),

springs as (
    select
        *,
        moon + mod(weekday_drift + 6 * moon, 7) - case
            when mod(weekday_drift + 6 * moon, 7) < 6 then 0
            when moon = 29 or (moon = 28 and is_late_in_cycle) then 7
            else 0
        end as days_after_22_march
    from moons
),

-- The first day of the rule's month, and of the next one, from which weekdays are counted.
asked as (
    select
        rules.*,
        cast({{ dbt.dateadd('day', 'springs.days_after_22_march + 21',
            dbt.dateadd('month', 2, 'springs.january')) }} as date) as easter,
        cast({{ dbt.dateadd('month', 'rules.month_no - 1', 'springs.january') }} as date)
            as month_start,
        cast({{ dbt.dateadd('month', 'rules.month_no', 'springs.january') }} as date) as month_end
    from rules
    inner join springs
        on rules.holiday_date is null
            or extract(year from rules.holiday_date) = springs.year_no
),

dated as (
    select
        *,
        cast(case
            when holiday_date is not null then holiday_date
            when easter_days is not null then {{ dbt.dateadd('day', 'easter_days', 'easter') }}
            when week_no > 0 then {{ dbt.dateadd('day',
                'mod(iso_weekday - ' ~ iso_weekday('month_start') ~ ' + 7, 7) + 7 * (week_no - 1)',
                'month_start') }}
            when week_no < 0 then {{ dbt.dateadd('day',
                '7 * week_no + mod(iso_weekday - ' ~ iso_weekday('month_end') ~ ' + 7, 7)',
                'month_end') }}
            else {{ dbt.dateadd('day', 'day_no - 1', 'month_start') }}
        end as date) as falls_on
    from asked
),

-- What moves off a weekend is kept on the nearest working day, the Friday or the Monday.
kept as (
    select
        *,
        cast({{ dbt.dateadd('day', 'case when moves_off_weekend then case '
            ~ iso_weekday('falls_on') ~ ' when 6 then -1 when 7 then 1 else 0 end else 0 end',
            'falls_on') }} as date) as kept_on
    from dated
)

select distinct calendar_id, kept_on as holiday_date
from kept
where {{ in_force('kept', 'kept.kept_on') }}
