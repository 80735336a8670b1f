-- Each segment in force has a member, once there are people. If this warns, look at the values of the
-- conditions of the segment that is named: a value that nobody has is often a misspelt one.
{{ config(severity='warn') }}
select segments.segment_id
from {{ ref('policy_segment') }} as segments
left join {{ ref('segment_member') }} as members
    on segments.segment_id = members.segment_id
where {{ in_force('segments') }}
    and exists (select persons.person_id from {{ ref('person_summary') }} as persons)
group by segments.segment_id
having count(members.person_id) = 0
