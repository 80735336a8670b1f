-- Grain: one id that stands for a person, or that once did.
with registry as (
    select * from {{ ref('int_identity__registry') }}
),

standing as (
    select record_key, person_id from registry
    where to_run is null
),

ids as (
    select
        person_id,
        min(from_at) as registered_at,
        max(to_run) as last_run,
        max(to_at) as last_at,
        max(case when to_run is null then 1 else 0 end) = 1 as is_live
    from registry
    group by person_id
),

-- Where the records are today that an ended id had at its end: always with a living id, so that
-- nothing chains.
whereabouts as (
    select
        ids.person_id,
        standing.person_id as merged_into,
        row_number() over (
            partition by ids.person_id
            order by
                case when standing.person_id is null then 1 else 0 end,
                count(*) desc,
                min(registry.record_key)
        ) as place
    from ids
    inner join registry
        on ids.person_id = registry.person_id and ids.last_run = registry.to_run
    left join standing
        on registry.record_key = standing.record_key
    where not ids.is_live
    group by ids.person_id, standing.person_id
)

select
    ids.person_id,
    case
        when ids.is_live then 'live'
        when whereabouts.merged_into is not null then 'merged'
        else 'retired'
    end as status,
    whereabouts.merged_into,
    ids.registered_at,
    case when not ids.is_live then ids.last_at end as ended_at,
    '{{ var("contract_version") }}' as _contract_version
from ids
left join whereabouts
    on ids.person_id = whereabouts.person_id and whereabouts.place = 1
