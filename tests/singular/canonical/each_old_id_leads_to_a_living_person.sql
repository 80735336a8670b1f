-- I3. Every person is registered as living, nobody else is, and an id that was merged leads to a living
-- one at once. If this fails, look for the id in resolve.int_identity__registry.
with registered as (
    select * from {{ ref('person_register') }}
),

persons as (
    select person_id from {{ ref('person') }}
)

select persons.person_id, 'a person that is not registered as living' as problem
from persons
left join registered
    on persons.person_id = registered.person_id and registered.status = 'live'
where registered.person_id is null
union all
select registered.person_id, 'registered as living, yet no person' as problem
from registered
left join persons
    on registered.person_id = persons.person_id
where registered.status = 'live' and persons.person_id is null
union all
select registered.person_id, 'merged into nobody living' as problem
from registered
left join persons
    on registered.merged_into = persons.person_id
where registered.status = 'merged' and persons.person_id is null
