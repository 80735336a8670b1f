-- Grain: one event that the tables of events look at in this build; or `*`, for all of them.
{% set upto = built_upto() %}

with inputs as (
    select * from {{ ref('int_event__inputs') }}
),

built as (
    {{ inputs_built_before() }}
),

changed as (
    select
        coalesce(inputs.kind, built.kind) as kind,
        built.kind is not null as was_there
    from inputs
    full outer join built
        on inputs.kind = built.kind
            and coalesce(inputs.source_system, '') = coalesce(built.source_system, '')
            and coalesce(inputs.link_key, '') = coalesce(built.link_key, '')
    where coalesce(inputs.value, '') <> coalesce(built.value, '')
        and coalesce(inputs.linked_from, built.linked_from) is null
),

{{ relinked('inputs', 'built') }},

-- What nobody has said or done before now has no event from before. Where nothing was built before,
-- all events are looked at, and none has to be looked for.
logins as (
    select
        login_key,
        min(first_event_at) as first_event_at,
        max(last_event_at) as last_event_at
    from {{ ref('int_event__logins') }}
    group by login_key
    having min(first_judged) <= {{ upto or 0 }}
),

relinked_logins as (
    select relinked.link_key, relinked.changed_from, relinked.changed_until
    from relinked
    inner join logins
        on relinked.link_key = logins.login_key
            and relinked.changed_from <= logins.last_event_at
            and relinked.changed_until > logins.first_event_at
    where relinked.kind = 'login' and {{ upto or 0 }} > 0
),

-- What a cookie stands for after the newest event concerns none yet.
relinked_cookies as (
    select source_system, link_key, changed_from, changed_until
    from relinked
    where kind = 'cookie' and {{ upto or 0 }} > 0 and changed_from <= (
        select {{ greatest_of(['max(events.event_at)', 'max(events.received_at)']) }}
        from {{ ref('int_event__checked') }} as events
    )
),

-- A rule that is other than it was concerns all events; a name or source that was not there before,
-- none.
touched as (
    select '*' as event_id, false as is_new
    from changed
    where (kind in ('event_name', 'touch', 'channel') and was_there)
        or kind in ('session_rule', 'event_type')
    union
    {{ rows_judged_since_built(upto) }}
    union
    select known_events.event_id, false
    from {{ ref('int_event__checked') }} as known_events
    inner join relinked_logins
        on {{ login_key('known_events') }} = relinked_logins.link_key
            and {{ event_moment('known_events') }} >= relinked_logins.changed_from
            and {{ event_moment('known_events') }} < relinked_logins.changed_until
    where known_events.is_current
    union
    select browsers.event_id, false
    from {{ ref('int_event__checked') }} as browsers
    inner join relinked_cookies
        on browsers.source_system = relinked_cookies.source_system
            and browsers.anonymous_id = relinked_cookies.link_key
            and {{ event_moment('browsers') }} >= relinked_cookies.changed_from
            and {{ event_moment('browsers') }} < relinked_cookies.changed_until
    where browsers.is_current
)

select
    event_id,
    max(case when is_new then 1 else 0 end) = 1 as is_new,
    cast({{ upto or 0 }} as {{ dbt.type_int() }}) as built_upto
from touched
group by event_id
