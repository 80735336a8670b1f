-- I5. No person of several records has more logins, records of one CRM, sides of a never_merge or
-- anchors than a person may have, nor two first names that contradict each other. If this fails,
-- the guards let something pass: look at resolve.int_identity__refused.
with exclusives as (
    select * from {{ ref('int_identity__exclusives') }}
),

members as (
    select record_key, person_id from {{ ref('int_person__members') }}
),

names as (
    select distinct members.person_id, names.component, names.value
    from {{ ref('int_identity__names') }} as names
    inner join members
        on names.record_key = members.record_key
),

anchored as (
    select members.person_id, coalesce(anchors.component, members.record_key) as anchor
    from members
    left join {{ ref('int_identity__anchors') }} as anchors
        on members.record_key = anchors.node
)

select members.person_id, exclusives.value_type, count(distinct exclusives.value) as value_count
from exclusives
inner join members
    on exclusives.record_key = members.record_key
group by members.person_id, exclusives.value_type
having count(distinct exclusives.value) > min(exclusives.value_limit)
    and count(distinct exclusives.record_key) > 1
union all
select names.person_id, 'first_name' as value_type, count(*) as value_count
from names
inner join names as others
    on names.person_id = others.person_id and names.value < others.value
left join {{ ref('int_identity__agreements') }} as agreements
    on names.value = agreements.value and others.value = agreements.other_value
where agreements.value is null
group by names.person_id
union all
select anchored.person_id, 'person' as value_type, count(distinct anchored.anchor) as value_count
from anchored
inner join {{ ref('policy_identifier_type') }} as policy
    on policy.id_type = 'person' and {{ in_force('policy') }}
group by anchored.person_id
having count(distinct anchored.anchor) > max(policy.max_anchors)
