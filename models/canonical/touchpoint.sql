-- Grain: one contact of a known person with the company: a visit, a click, a form, a meeting.
with happened as (
    select
        'session' as kind, 'session' as name, session_id as subject_id, person_id, account_id,
        started_at as touched_at, ended_at, landing_page, source_id, is_direct,
        _source_system, _loaded_at
    from {{ ref('session') }}
    where person_id is not null
    union all
    select
        'event', event_name, event_id, person_id, account_id, event_at, event_at as ended_at, null,
        source_id, false, _source_system, _loaded_at
    from {{ ref('event') }}
    where person_id is not null and session_id is null
    union all
    select
        'activity', type, activity_id, person_id, account_id, occurred_at, occurred_at as ended_at,
        null, null, false, _source_system, _loaded_at
    from {{ ref('activity') }}
    where person_id is not null and occurred_at is not null
),

kinds as (
    select * from {{ ref('policy_touchpoint') }}
),

channels as (
    select * from {{ ref('int_source__channels') }}
),

refusals as (
    {{ who_refuses('analytics', 'web') }}
),

stages as (
    select * from {{ ref('lifecycle_history') }}
    where subject_type = 'person'
),

touches as (
    select
        happened.*,
        kinds.is_marketing and refusals.person_id is null as is_marketing,
        coalesce(kinds.channel_group, channels.channel_group, 'Unassigned') as channel_group
    from happened
    inner join kinds
        on happened.kind = kinds.kind
            and happened.name = kinds.name
            and {{ in_force('kinds', 'happened.touched_at') }}
    left join channels
        on case when happened.is_direct then 'direct' else happened.source_id end
                = channels.source_key
            and {{ in_force('channels', 'happened.touched_at') }}
    left join refusals
        on happened.person_id = refusals.person_id
),

-- A form or a click that a tracker saw as part of a visit is that visit, and not a second touch.
seen as (
    select distinct touches.subject_id
    from touches
    inner join touches as visits
        on touches.person_id = visits.person_id
            and touches.touched_at >= {{ dbt.dateadd('minute', -30, 'visits.touched_at') }}
            and touches.touched_at <= {{ dbt.dateadd('minute', 30, 'visits.ended_at') }}
            and touches.channel_group in (visits.channel_group, 'Unassigned')
    where visits.kind = 'session' and touches.kind = 'event'
),

own_touches as (
    select touches.*
    from touches
    left join seen
        on touches.subject_id = seen.subject_id
    where seen.subject_id is null
)

select
    {{ surrogate_key('tch', ['own_touches.kind', 'own_touches.subject_id']) }} as touchpoint_id,
    own_touches.kind,
    own_touches.name,
    own_touches.subject_id,
    own_touches.person_id,
    own_touches.account_id,
    own_touches.touched_at,
    own_touches.ended_at,
    own_touches.landing_page,
    own_touches.source_id,
    own_touches.channel_group,
    own_touches.is_direct,
    own_touches.is_marketing,
    stages.to_stage as stage,
    case
        when coalesce(stages.stage_rank, 0) < 20 then 'awareness'
        when stages.stage_rank < 60 then 'consideration'
        else 'conversion'
    end as funnel_phase,
    own_touches._source_system,
    own_touches._loaded_at,
    '{{ var("contract_version") }}' as _contract_version
from own_touches
left join stages
    on own_touches.person_id = stages.subject_id
        and own_touches.touched_at >= stages.entered_at
        and own_touches.touched_at
            < coalesce(stages.exited_at, cast('9999-12-31' as {{ dbt.type_timestamp() }}))
