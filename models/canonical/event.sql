-- Grain: one event, known or anonymous.
{{ config(
    materialized='incremental',
    incremental_strategy='replace_known',
    unique_key='event_id',
    on_schema_change='fail',
    post_hook="{{ drop_unlisted_events() }}",
) }}

with events as (
    {{ events_looked_at() }}
),

logins as (
    select * from {{ ref('int_event__links') }}
    where kind = 'login'
),

cookies as (
    select * from {{ ref('int_event__links') }}
    where kind = 'cookie'
),

browsers as (
    {{ hashed_once('anonymous_id') }}
),

-- A tracker's own session, for systems where no rule cuts it.
visits as (
    select
        hashed.*,
        {{ session_id(trail('session', 'hashed', key='written')) }} as session_id
    from ({{ hashed_once('session_key') }}) as hashed
),

deliveries as (
    select event_id, count(*) as copy_count
    from {{ ref('int_event__checked') }}
    where disposition = 'duplicate'
    group by event_id
),

stitched as (
    select
        events.*,
        coalesce(logins.person_id, cookies.person_id) as person_id,
        coalesce(logins.linked_by, cookies.linked_by) as person_method,
        case when logins.person_id is not null then logins.account_id else cookies.account_id end
            as account_id,
        1 + coalesce(deliveries.copy_count, 0) as delivery_count,
        visits.hashed as hashed_session_key,
        case
            when rules.keeps_vendor_sessions and events.session_key is not null
                then case when event_types.keeps_session then visits.session_id end
            else sessions.session_id
        end as session_id
    from events
    left join {{ ref('int_event__sessioned') }} as sessions
        on events.event_id = sessions.event_id
    left join visits
        on events.source_system = visits.source_system
            and events.session_key = visits.written
    left join {{ ref('int_session__rules') }} as rules
        on events.source_system = rules.source_system
            and {{ in_force('rules', 'events.happened_at') }}
    left join {{ ref('policy_event_type') }} as event_types
        on events.canonical_name = event_types.event_name
            and {{ in_force('event_types', 'events.happened_at') }}
    left join logins
        on {{ login_key('events') }} = logins.link_key
            and events.happened_at >= logins.linked_from
            and events.happened_at < logins.linked_until
    left join cookies
        on events.source_system = cookies.source_system
            and events.anonymous_id = cookies.link_key
            and events.happened_at between cookies.linked_from and cookies.linked_until
    left join deliveries
        on events.event_id = deliveries.event_id
),

{{ changed_events('stitched') }}

select
    changed.event_id,
    changed.canonical_name as event_name,
    changed.intent,
    changed.happened_at as event_at,
    changed.received_at,
    {{ clock_skew('changed') }} as clock_skew_s,
    changed.person_id,
    changed.person_method,
    browsers.hashed as anonymous_key,
    changed.account_id,
    changed.hashed_session_key as session_key,
    changed.session_id,
    changed.source_id,
    changed.is_entry,
    changed.page_location,
    changed.referrer,
    changed.properties,
    cast(changed.delivery_count as {{ dbt.type_int() }}) as delivery_count,
    changed.source_system as _source_system,
    changed.source_object as _source_object,
    changed._content_hash,
    changed._loaded_at,
    '{{ var("contract_version") }}' as _contract_version
from changed
left join browsers
    on changed.source_system = browsers.source_system
        and changed.anonymous_id = browsers.written
