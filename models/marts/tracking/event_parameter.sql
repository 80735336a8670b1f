-- Grain: one parameter that one event has to come with.
with rules as (
    select * from {{ ref('policy_event_parameter') }}
),

events as (
    select * from {{ ref('event') }}
),

sessions as (
    select session_id, source_id from {{ ref('session') }}
),

sources as (
    select * from {{ ref('source') }}
),

-- Who answered on the day of the form, by whatever system kept it, has said so. What a browser may
-- store is another question.
consents as (
    select distinct person_id, cast(captured_at as date) as captured_on
    from {{ ref('consent_event') }}
    where person_id is not null
        and action in ('grant', 'confirm', 'pending', 'deny')
        and contact_point_type <> 'cookie'
),

expected as (
    select
        events.event_id,
        events.event_name,
        events.event_at,
        coalesce(
            case when events.is_entry then events.source_id end, sessions.source_id,
            events.source_id
        ) as source_id,
        rules.parameter,
        rules.pattern,
        events.intent,
        case rules.parameter
            when 'consent' then coalesce(
                {{ json_text('events.properties', '$.consent') }},
                case when consents.person_id is not null then 'yes' end
            )
            when 'score' then {{ json_text('events.properties', '$.score') }}
            when 'technology' then {{ json_text('events.properties', '$.technology') }}
        end as said
    from events
    inner join rules
        on events.event_name = rules.event_name
            and {{ in_force('rules', 'events.event_at') }}
    left join sessions
        on events.session_id = sessions.session_id
    left join consents
        on events.person_id = consents.person_id
            and cast(events.event_at as date) = consents.captured_on
),

valued as (
    select
        expected.*,
        sources.campaign,
        lower(case expected.parameter
            when 'source' then sources.source
            when 'medium' then sources.medium
            when 'campaign' then sources.campaign
            when 'content' then sources.content
            when 'intent' then expected.intent
            else expected.said
        end) as value
    from expected
    left join sources
        on expected.source_id = sources.source_id
)

select
    event_id,
    parameter,
    event_name,
    event_at,
    source_id,
    campaign,
    case
        when value is null then 'missing'
        when pattern is not null and not {{ regex_matches_column('value', 'pattern') }}
            then 'malformed'
        else 'given'
    end as status,
    '{{ var("contract_version") }}' as _contract_version
from valued
