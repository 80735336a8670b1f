-- Every canonical name of policy_event_name is described in policy_event_type from the first day on
-- which the name holds. If this fails, add the row; until then the event is part of no session.
select names.event_name, min(names.valid_from) as valid_from
from {{ ref('policy_event_name') }} as names
left join {{ ref('policy_event_type') }} as event_types
    on names.event_name = event_types.event_name
        and {{ in_force('event_types', 'names.valid_from') }}
where event_types.event_name is null
group by names.event_name
