-- The profiles of a person follow each other without gap or overlap, from the beginning of time on. If this
-- fails, look at resolve.int_person__states for the person: all that is judged reads one of its profiles.
with profiles as (
    select
        person_id,
        valid_from,
        valid_to,
        lag(valid_to) over (partition by person_id order by valid_from) as ended_before,
        row_number() over (partition by person_id order by valid_from) as place,
        lead(valid_from) over (partition by person_id order by valid_from) as next_from
    from {{ ref('lead_profile') }}
)

select persons.person_id, profiles.valid_from
from {{ ref('person') }} as persons
left join profiles
    on persons.person_id = profiles.person_id
where profiles.person_id is null
    or (profiles.place = 1 and profiles.valid_from <> {{ unknown_start() }})
    or (profiles.place > 1 and coalesce(profiles.valid_from <> profiles.ended_before, true))
    or coalesce(profiles.valid_to <> profiles.next_from, profiles.valid_to is not null)
