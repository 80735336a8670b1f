-- Grain: one visit: the events of one browser or device without a long break.
{{ config(
    materialized='incremental',
    incremental_strategy='delete+insert',
    unique_key='session_id',
    on_schema_change='fail',
    post_hook=["{{ drop_emptied_sessions() }}", after_commit("{{ note_built_events() }}")],
) }}

with events as (
    select * from {{ ref('event') }}
    where session_id is not null {{ and_session_looked_at() }}
),

event_types as (
    select * from {{ ref('policy_event_type') }}
),

rules as (
    select * from {{ ref('int_session__rules') }}
),

channels as (
    select * from {{ ref('int_source__channels') }}
),

visits as (
    select
        events.session_id,
        min(events.event_at) as started_at,
        max(events.event_at) as ended_at,
        min(events.anonymous_key) as anonymous_key,
        case when min(events.person_id) = max(events.person_id) then min(events.person_id) end
            as person_id,
        case when min(events.person_id) = max(events.person_id) then max(events.account_id) end
            as account_id,
        coalesce(min(events.person_id) <> max(events.person_id), false) as has_several_persons,
        {{ first_by('events.page_location', ['events.event_at', 'events.event_id']) }}
            as landing_page,
        {{ last_by('events.page_location', ['events.event_at', 'events.event_id']) }}
            as exit_page,
        {{ first_by(
            'case when events.is_entry then events.source_id end',
            ['events.event_at', 'events.event_id']
        ) }} as source_id,
        count(*) as event_count,
        sum(case when event_types.is_page_view then 1 else 0 end) as page_view_count,
        sum(case when events.intent = 'active' then 1 else 0 end) as active_event_count,
        sum(case when event_types.is_conversion then 1 else 0 end) as conversion_count,
        max(case when events.session_key is not null then 1 else 0 end) = 1 as has_session_key,
        min(events._source_system) as _source_system,
        max(events._loaded_at) as _loaded_at
    from events
    left join event_types
        on events.event_name = event_types.event_name
            and {{ in_force('event_types', 'events.event_at') }}
    group by events.session_id
),

sessions as (
    select
        visits.session_id,
        visits.started_at,
        visits.ended_at,
        {{ seconds_between('visits.started_at', 'visits.ended_at') }} as duration_s,
        visits.anonymous_key,
        visits.person_id,
        visits.account_id,
        visits.has_several_persons,
        {{ page_of('visits.landing_page') }} as landing_page,
        {{ page_of('visits.exit_page') }} as exit_page,
        visits.source_id,
        coalesce(channels.channel_group, 'Unassigned') as channel_group,
        visits.source_id is null as is_direct,
        cast(visits.event_count as {{ dbt.type_int() }}) as event_count,
        cast(visits.page_view_count as {{ dbt.type_int() }}) as page_view_count,
        cast(visits.active_event_count as {{ dbt.type_int() }}) as active_event_count,
        cast(visits.conversion_count as {{ dbt.type_int() }}) as conversion_count,
        {{ seconds_between('visits.started_at', 'visits.ended_at') }} >= rules.engaged_seconds
            or visits.page_view_count >= rules.engaged_page_views
            or visits.conversion_count > 0 as is_engaged,
        rules.uses_vendor_session and visits.has_session_key as is_vendor_session,
        visits._source_system,
        visits._loaded_at,
        '{{ var("contract_version") }}' as _contract_version
    from visits  -- Channels first: the engine takes the sessions of a rule for few, and joins by them.
    left join channels
        on coalesce(visits.source_id, 'direct') = channels.source_key
            and {{ in_force('channels', 'visits.started_at') }}
    inner join rules
        on visits._source_system = rules.source_system
            and {{ in_force('rules', 'visits.started_at') }}
),

{{ changed_rows('sessions', compared=looks_at_all_events()) }}

select
    session_id,
    started_at,
    ended_at,
    duration_s,
    anonymous_key,
    person_id,
    account_id,
    has_several_persons,
    landing_page,
    exit_page,
    source_id,
    channel_group,
    is_direct,
    event_count,
    page_view_count,
    active_event_count,
    conversion_count,
    is_engaged,
    is_vendor_session,
    _source_system,
    _loaded_at,
    _contract_version
from changed
