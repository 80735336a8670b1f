-- Grain: one event that is part of a visit, with its session.
{{ config(
    materialized='incremental',
    incremental_strategy='delete+insert',
    unique_key='event_id',
    post_hook="{{ drop_unlisted_visits() }}",
) }}

with events as (
    select * from {{ ref('int_event__located') }} as located
    where coalesce(anonymous_id, session_key) is not null
        {{ and_in_a_touched_trail('located.event_id') }}
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
        not rules.uses_vendor_session or events.session_key is null
            or rules.splits_at_midnight or rules.splits_at_campaign_change as may_be_cut,
        case when rules.splits_at_midnight then
            cast({{ utc_to_local('events.happened_at', 'rules.time_zone') }} as date)
        end as local_date
    from events
    inner join {{ ref('policy_event_type') }} as event_types
        on events.canonical_name = event_types.event_name
            and event_types.keeps_session
            and {{ in_force('event_types', 'events.happened_at') }}
    inner join {{ ref('int_session__rules') }} as rules
        on events.source_system = rules.source_system
            and {{ in_force('rules', 'events.happened_at') }}
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

-- Most trails are a tracker's own sessions that no rule cuts: they need no order.
trails as (
    select
        trail,
        min(happened_at) as trail_began_at,
        max(case when may_be_cut then 1 else 0 end) = 1 as may_be_cut
    from judged
    group by trail
),

ordered as (
    select
        judged.*,
        trails.trail_began_at,
        coalesce(campaigns.is_changed, false) as has_new_campaign,
        lag(happened_at) over (partition by judged.trail order by happened_at, judged.event_id)
            as previous_at,
        lag(local_date) over (partition by judged.trail order by happened_at, judged.event_id)
            as previous_date
    from judged
    inner join trails
        on judged.trail = trails.trail
    left join campaigns
        on judged.event_id = campaigns.event_id
    where trails.may_be_cut
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
    union all
    select
        judged.event_id, judged.trail, judged.is_vendor_session, judged.happened_at,
        judged.entry_source_id, judged.session_rule, trails.trail_began_at, trails.trail_began_at
    from judged
    inner join trails
        on judged.trail = trails.trail
    where not trails.may_be_cut
)

-- A tracker's session, up to where a rule cuts it, keeps its name when an earlier event arrives late.
select
    event_id,
    {{ surrogate_key('ses', [
        row_salt(),
        'trail',
        "case when not is_vendor_session or started_at > trail_began_at
            then " ~ seconds_between("cast('1970-01-01' as timestamp)", 'started_at') ~ " end",
    ]) }} as session_id,
    started_at, is_vendor_session, trail, happened_at,
    entry_source_id,
    session_rule,
    (select max(checked._judged) from {{ ref('int_event__checked') }} as checked) as _judged
from begun
