-- Grain: one event of a person.
select event_id, person_id from {{ ref('event') }}
