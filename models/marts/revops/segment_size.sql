-- Grain: one segment in force, with how many are in it and how many of them may be written to.
with segments as (
    select distinct policy.segment_id
    from {{ ref('policy_segment') }} as policy
    where {{ in_force('policy') }}
)

select
    segments.segment_id,
    count(distinct members.person_id) as member_count,
    count(distinct audience.person_id) as reachable_count,
    '{{ var("contract_version") }}' as _contract_version
from segments
left join {{ ref('segment_member') }} as members
    on segments.segment_id = members.segment_id
left join {{ ref('segment_audience') }} as audience
    on members.segment_id = audience.segment_id and members.person_id = audience.person_id
group by segments.segment_id
