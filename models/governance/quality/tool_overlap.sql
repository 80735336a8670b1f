-- Grain: one measure of one tool, beside another tool or beside what all of them say together.
with tool_persons as (
    select distinct records.source_system, records.person_id, persons.email_key, persons.phone_key
    from {{ ref('person_xref') }} as records
    inner join {{ ref('person') }} as persons
        on records.person_id = persons.person_id
    where not records.is_deleted
),

person_tools as (
    select distinct source_system from tool_persons
),

conversions as (
    select
        events.event_name as measure,
        events._source_system as source_system,
        events.event_id, events.person_id, events.event_at
    from {{ ref('event') }} as events
    inner join {{ ref('policy_event_type') }} as types
        on events.event_name = types.event_name and types.is_conversion
            and {{ in_force('types', 'events.event_at') }}
),

conversion_tools as (
    select measure, source_system, min(event_at) as first_at, max(event_at) as last_at
    from conversions
    group by measure, source_system
),

known_to as (
    select distinct _source_system as source_system, person_id from {{ ref('event') }}
    where person_id is not null
),

-- The same person did the same within a quarter of an hour: one deed, which both tools have seen.
seen_by_both as (
    select mine.event_id, theirs.source_system as compared_with
    from conversions as mine
    inner join conversions as theirs
        on mine.person_id = theirs.person_id
            and mine.measure = theirs.measure
            and mine.source_system <> theirs.source_system
    where {{ seconds_between('mine.event_at', 'theirs.event_at') }} between -900 and 900
    group by mine.event_id, theirs.source_system
),

statements as (
    select
        _source_system as source_system,
        contact_point_hash, purpose, channel, action,
        row_number() over (
            partition by _source_system, contact_point_hash, purpose, channel
            order by captured_at desc nulls last, consent_event_id desc
        ) as statements_ago
    from {{ ref('consent_event') }}
),

compared as (
    select
        'persons' as measure, mine.source_system,
        person_tools.source_system as compared_with,
        case
            when theirs.person_id is not null then 'in_both'
            when coalesce(mine.email_key, mine.phone_key) is null then 'not_comparable'
            else 'only_in_tool'
        end as finding
    from tool_persons as mine
    cross join person_tools
    left join tool_persons as theirs
        on mine.person_id = theirs.person_id
            and person_tools.source_system = theirs.source_system
    where mine.source_system <> person_tools.source_system
    union all
    select
        mine.measure, mine.source_system,
        tools.source_system as compared_with,
        case
            when both_saw.event_id is not null then 'in_both'
            when mine.person_id is null then 'not_comparable'
            when known_to.person_id is null then 'unknown_there'
            when mine.event_at not between tools.first_at and tools.last_at then 'out_of_range'
            else 'only_in_tool'
        end
    from conversions as mine
    inner join conversion_tools as tools
        on mine.measure = tools.measure and mine.source_system <> tools.source_system
    left join seen_by_both as both_saw
        on mine.event_id = both_saw.event_id and tools.source_system = both_saw.compared_with
    left join known_to
        on mine.person_id = known_to.person_id and tools.source_system = known_to.source_system
    union all
    select
        'subscriptions',
        mine.source_system,
        '*',
        case states.state
            when 'allowed' then 'in_both'
            when 'denied' then 'overruled'
            when 'pending' then 'not_confirmed'
            else 'only_in_tool'
        end
    from statements as mine
    left join {{ ref('consent_current') }} as states
        on mine.contact_point_hash = states.contact_point_hash
            and mine.purpose = states.purpose
            and mine.channel = states.channel
    where mine.statements_ago = 1 and mine.action = 'grant'
)

select
    measure,
    source_system,
    compared_with,
    count(*) as in_tool,
    {{ summed_by('finding', ['in_both', 'not_comparable', 'unknown_there', 'out_of_range',
        'overruled', 'not_confirmed', 'only_in_tool']) }},
    '{{ var("contract_version") }}' as _contract_version
from compared
group by measure, source_system, compared_with
