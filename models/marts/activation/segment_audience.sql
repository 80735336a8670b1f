-- Grain: one contact point of a member of a segment, for a purpose and channel allowed today.
select
    members.segment_id,
    audience.contact_point_hash,
    audience.purpose,
    audience.channel,
    audience.person_id,
    audience.contact_point_type,
    audience.is_primary,
    audience.jurisdiction,
    '{{ var("contract_version") }}' as _contract_version
from {{ ref('segment_member') }} as members
inner join {{ ref('activation_audience') }} as audience
    on members.person_id = audience.person_id
