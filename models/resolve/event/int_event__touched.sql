-- Grain: one event that the tables of events look at in this build; or `*`, for all of them.
with inputs as (
    select * from {{ ref('int_event__inputs') }}
),

built as (
    {{ inputs_built_before() }}
),

changed as (
    select
        coalesce(inputs.kind, built.kind) as kind,
        coalesce(inputs.source_system, built.source_system) as source_system,
        coalesce(inputs.link_key, built.link_key) as link_key,
        built.kind is not null as was_there
    from inputs
    full outer join built
        on inputs.kind = built.kind
            and coalesce(inputs.source_system, '') = coalesce(built.source_system, '')
            and coalesce(inputs.link_key, '') = coalesce(built.link_key, '')
    where coalesce(inputs.value, '') <> coalesce(built.value, '')
),

known_events as (
    select event_id, {{ login_key('events') }} as login_key
    from {{ ref('int_event__checked') }} as events
    where is_current and coalesce(user_id, person_record_id, email) is not null
),

browsers as (
    select event_id, source_system, anonymous_id
    from {{ ref('int_event__checked') }}
    where is_current and anonymous_id is not null
),

-- A rule that is other than it was concerns all events; a name or source that was not there before,
-- none.
touched as (
    select '*' as event_id, false as is_new
    from changed
    where (kind in ('event_name', 'touch', 'channel') and was_there)
        or kind in ('session_rule', 'event_type')
    union
    {{ rows_judged_since_built() }}
    union
    select known_events.event_id, false
    from known_events
    inner join changed
        on known_events.login_key = changed.link_key
    where changed.kind = 'login'
    union
    select browsers.event_id, false
    from browsers
    inner join changed
        on browsers.source_system = changed.source_system
            and browsers.anonymous_id = changed.link_key
    where changed.kind = 'cookie'
)

select
    event_id,
    max(case when is_new then 1 else 0 end) = 1 as is_new,
    cast({{ built_upto() or 0 }} as {{ dbt.type_int() }}) as built_upto
from touched
group by event_id
