-- I5. No person of several records has more logins, records of one CRM or sides of a never_merge than a
-- person may have. If this fails, the guards let something pass: look at resolve.int_identity__refused.
with exclusives as (
    select * from {{ ref('int_identity__exclusives') }}
),

members as (
    select record_key, person_id from {{ ref('int_person__members') }}
)

select members.person_id, exclusives.value_type, count(distinct exclusives.value) as value_count
from exclusives
inner join members
    on exclusives.record_key = members.record_key
group by members.person_id, exclusives.value_type
having count(distinct exclusives.value) > min(exclusives.value_limit)
    and count(distinct exclusives.record_key) > 1
