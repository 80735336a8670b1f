-- Grain: one job title that somebody has or had, in a time in which its policy did not change, with
-- what it says in the words of scoring.
with titles as (
    select distinct {{ strip_accents('lower(job_title)') }} as title
    from {{ ref('int_person__states') }}
    where job_title is not null
),

days as (
    select cast(valid_from as {{ dbt.type_timestamp() }}) as valid_from
    from {{ ref('policy_job_title') }}
    union
    select cast(valid_to as {{ dbt.type_timestamp() }}) as valid_from
    from {{ ref('policy_job_title') }}
    where valid_to is not null
),

periods as (
    select valid_from, {{ state_times("'policy'") }} from days
),

readings as (
    select
        titles.title,
        periods.valid_from,
        policy.aspect,
        policy.value,
        row_number() over (
            partition by titles.title, periods.valid_from, policy.aspect
            order by policy.rule_rank
        ) as place
    from titles
    inner join {{ ref('policy_job_title') }} as policy
        on {{ regex_matches_column('titles.title', 'policy.title_pattern') }}
    inner join periods
        on {{ in_force('policy', 'periods.valid_from') }}
),

read_titles as (
    select
        titles.title,
        periods.from_at,
        periods.to_at,
        max(case when readings.aspect = 'seniority' then readings.value end) as seniority,
        max(case when readings.aspect = 'job_function' then readings.value end) as job_function,
        max(case when readings.aspect = 'flag' then readings.value end) as title_flag
    from titles
    cross join periods
    left join readings
        on titles.title = readings.title
            and periods.valid_from = readings.valid_from
            and case when readings.place = 1 then 1 end = 1
    group by titles.title, periods.from_at, periods.to_at
)

select * from read_titles
