-- Grain: one event that is part of a visit which has to be looked for, with its session.
{{ config(
    materialized='incremental',
    incremental_strategy='delete+insert',
    unique_key='event_id',
    post_hook="{{ drop_unlisted_visits() }}",
) }}

with located as (
    {{ events_in_touched_trails() }}
),

-- A trail is what a session is looked for in: the tracker's own session, else all of one visitor.
visits as (
    select
        events.event_id,
        rules.uses_vendor_session and events.session_key is not null as is_vendor_session,
        case
            when rules.uses_vendor_session and events.session_key is not null
                then {{ trail('session', 'events') }}
            else {{ trail('visitor', 'events') }}
        end as trail,
        events.happened_at,
        case when events.is_entry then events.source_id end as entry_source_id,
        rules.session_rule,
        rules.timeout_minutes,
        rules.splits_at_campaign_change,
        case when rules.splits_at_midnight then
            cast({{ utc_to_local('events.happened_at', 'rules.time_zone') }} as date)
        end as local_date
    {{ visited_events('located') }}
),

{{ visits_to_judge('visits') }},

campaigns as (
    select
        event_id,
        lag(entry_source_id) over (partition by trail order by happened_at, event_id)
        <> entry_source_id as is_changed
    from judged
    where splits_at_campaign_change and entry_source_id is not null
),

ordered as (
    select
        judged.*,
        min(judged.happened_at) over (partition by judged.trail) as trail_began_at,
        coalesce(campaigns.is_changed, false) as has_new_campaign,
        lag(happened_at) over (partition by judged.trail order by happened_at, judged.event_id)
            as previous_at,
        lag(local_date) over (partition by judged.trail order by happened_at, judged.event_id)
            as previous_date
    from judged
    left join campaigns
        on judged.event_id = campaigns.event_id
),

begun as (
    select
        event_id, trail, is_vendor_session, happened_at, entry_source_id, session_rule,
        trail_began_at, max(case
            when previous_at is null
                or (not is_vendor_session
                    and happened_at > {{ dbt.dateadd('minute', 'timeout_minutes', 'previous_at') }})
                or local_date <> previous_date or has_new_campaign
                then happened_at
        end) over (
            partition by trail order by happened_at, event_id
            rows between unbounded preceding and current row
        ) as started_at
    from ordered
)

select
    event_id,
    {{ session_id(
        'trail',
        'case when not is_vendor_session or started_at > trail_began_at then '
            ~ seconds_between("cast('1970-01-01' as timestamp)", 'started_at') ~ ' end'
    ) }} as session_id,
    started_at, is_vendor_session, trail, happened_at,
    entry_source_id,
    session_rule,
    (select max(checked._judged) from {{ ref('int_event__checked') }} as checked) as _judged
from begun
