-- Grain: one day at the end of a month, or the day of the build, and one stage.
with stays as (
    select * from {{ ref('lifecycle_history') }}
    where subject_type = 'person'
),

days as (
    select distinct {{ dbt.dateadd('month', 1, 'month_start') }} as seen_at
    from {{ ref('date_day') }}
    where {{ dbt.dateadd('month', 1, 'month_start') }} < {{ as_of() }}
    union all
    select {{ as_of() }} as seen_at
),

first_stay as (
    select min(entered_at) as began_at from stays
),

-- Who stood in which stage at that moment; each person in one.
standing as (
    select
        days.seen_at,
        stays.to_stage as stage,
        stays.stage_rank,
        count(*) as person_count
    from days
    inner join first_stay
        on days.seen_at > first_stay.began_at
    inner join stays
        on stays.entered_at <= days.seen_at
            and coalesce(days.seen_at < stays.exited_at, true)
    group by days.seen_at, stays.to_stage, stays.stage_rank
)

select
    cast(seen_at as {{ dbt.type_timestamp() }}) as seen_at,
    stage,
    stage_rank,
    cast(person_count as {{ dbt.type_int() }}) as person_count,
    cast(sum(person_count) over (partition by seen_at) as {{ dbt.type_int() }}) as population,
    cast(round(1.0 * person_count / sum(person_count) over (partition by seen_at), 4)
        as decimal(9, 4)) as share,
    '{{ var("contract_version") }}' as _contract_version
from standing
