-- Who was who on a day: each record with the person that it was then and the one that it is now.
--
--   dbt compile --select person_as_of --vars '{as_of_day: "2026-06-30"}'
--
-- prints the query for that day's end; run it on the state file.
with past as (
    {{ person_as_of("cast('" ~ var('as_of_day', '2026-12-31') ~ " 23:59:59' as timestamp)") }}
),

today as (
    select record_key, person_id from {{ ref('int_person__members') }}
),

compared as (
    select
        past.record_key,
        past.person_id as person_id_then,
        today.person_id as person_id_now
    from past
    left join today
        on past.record_key = today.record_key
)

select * from compared
order by record_key
