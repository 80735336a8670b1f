-- I2. Every accepted record of a person is exactly one person. If this fails, look for the record_key
-- in resolve.int_person__members: it stands there twice or not at all.
with records as (
    select source_system, source_object, source_record_id
    from {{ ref('int_person__checked') }}
    where disposition = 'accepted'
    group by source_system, source_object, source_record_id
),

links as (
    select * from {{ ref('person_xref') }}
),

persons as (
    select * from {{ ref('person') }}
)

select
    records.source_system,
    records.source_object,
    records.source_record_id,
    count(persons.person_id) as person_count
from records
left join links
    on records.source_system = links.source_system
        and records.source_object = links.source_object
        and records.source_record_id = links.source_record_id
left join persons
    on links.person_id = persons.person_id
group by records.source_system, records.source_object, records.source_record_id
having count(persons.person_id) <> 1
