-- Grain: one criterion and one quarter in which people came in, or all of them.
with subjects as (
    select
        subject_id as person_id,
        min(entered_at) as came_at,
        min(case when stage_rank >= 60 then entered_at end) as converted_at
    from {{ ref('lifecycle_history') }}
    where subject_type = 'person' and not is_corrected
    group by subject_id
),

people as (
    select
        person_id,
        converted_at,
        cast(extract(year from came_at) as {{ dbt.type_string() }})
            || '-Q' || cast(extract(quarter from came_at) as {{ dbt.type_string() }}) as period
    from subjects
    union all
    select person_id, converted_at, 'all' as period
    from subjects
),

-- What counted only after the deal began says nothing about how it came about.
holders as (
    select distinct reasons.criterion_id, subjects.person_id
    from {{ ref('score_reason') }} as reasons
    inner join subjects
        on reasons.person_id = subjects.person_id
    where subjects.converted_at is null or reasons.counts_from < subjects.converted_at
),

totals as (
    select period, count(*) as n, count(converted_at) as converted
    from people
    group by period
),

with_criterion as (
    select
        people.period, holders.criterion_id,
        count(*) as n, count(people.converted_at) as converted
    from people
    inner join holders
        on people.person_id = holders.person_id
    group by people.period, holders.criterion_id
),

rates as (
    select
        with_criterion.period,
        with_criterion.criterion_id,
        with_criterion.n as n_with,
        with_criterion.converted as converted_with,
        totals.n - with_criterion.n as n_without,
        totals.converted - with_criterion.converted as converted_without,
        1.0 * with_criterion.converted / with_criterion.n as rate_with,
        1.0 * (totals.converted - with_criterion.converted)
            / nullif(totals.n - with_criterion.n, 0) as rate_without
    from with_criterion
    inner join totals
        on with_criterion.period = totals.period
),

spread as (
    select
        *,
        rate_with - rate_without as difference,
        1.959964 * sqrt(
            rate_with * (1 - rate_with) / n_with
            + rate_without * (1 - rate_without) / nullif(n_without, 0)
        ) as half_width
    from rates
)

select
    period,
    criterion_id,
    n_with,
    converted_with,
    n_without,
    converted_without,
    cast(rate_with as decimal(9, 6)) as rate_with,
    cast(rate_without as decimal(9, 6)) as rate_without,
    cast(rate_with / nullif(rate_without, 0) as decimal(12, 4)) as lift,
    cast(difference as decimal(9, 6)) as difference,
    cast(difference - half_width as decimal(9, 6)) as difference_low,
    cast(difference + half_width as decimal(9, 6)) as difference_high,
    case
        when n_with < 30 or n_without < 30 then 'insufficient_data'
        when difference - half_width > 0 then 'helps'
        when difference + half_width < 0 then 'hurts'
        else 'no_difference_seen'
    end as finding,
    '{{ var("contract_version") }}' as _contract_version
from spread
