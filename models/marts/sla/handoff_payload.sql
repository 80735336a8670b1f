-- Grain: one handoff, with what sales is told about the lead.
with handoffs as (
    select * from {{ ref('lead_handoff') }}
    where superseded_by is null
),

-- What the person did and said before it was handed over.
engagements as (
    select
        handoffs.handoff_id,
        count(*) as engagement_count,
        max(events.event_at) as last_engagement_at
    from handoffs
    inner join {{ ref('event') }} as events
        on handoffs.person_id = events.person_id
            and events.event_at <= handoffs.handed_at
    where events.event_name <> 'email_sent'
    group by handoffs.handoff_id
),

consents as (
    select
        handoffs.handoff_id,
        max(case when statements.action in ('grant', 'confirm') and statements.purpose = 'marketing'
            then statements.counts_from end) as granted_at,
        max(case when statements.action in ('deny', 'withdraw', 'object', 'gpc')
            then statements.counts_from end) as denied_at
    from handoffs
    inner join {{ ref('consent_event') }} as statements
        on handoffs.person_id = statements.person_id
            and statements.counts_from <= handoffs.handed_at
    where statements.purpose in ('marketing', '*') and statements.channel in ('email', '*')
    group by handoffs.handoff_id
),

-- The score at its last change before the handoff.
scores as (
    select
        handoffs.handoff_id,
        history.fit_score,
        history.engagement_score,
        row_number() over (
            partition by handoffs.handoff_id
            order by history.judged_at desc
        ) as moments_ago
    from handoffs
    inner join {{ ref('score_history') }} as history
        on handoffs.person_id = history.person_id
            and history.judged_at <= handoffs.handed_at
)

select
    handoffs.handoff_id,
    handoffs.person_id,
    handoffs.account_id,
    handoffs.handed_at,
    profiles.job_title,
    profiles.company,
    profiles.country,
    coalesce(profiles.employee_band, 'unknown') as segment,
    profiles.email_key is not null as has_email,
    profiles.has_phone,
    persons.acquisition_source_id,
    cast(coalesce(engagements.engagement_count, 0) as {{ dbt.type_int() }}) as engagement_count,
    engagements.last_engagement_at,
    scores.fit_score,
    scores.engagement_score,
    case
        when consents.denied_at >= coalesce(consents.granted_at, consents.denied_at) then 'denied'
        when consents.granted_at is not null then 'allowed'
        else 'unknown'
    end as consent_state,
    '{{ var("contract_version") }}' as _contract_version
from handoffs
inner join {{ ref('person') }} as persons
    on handoffs.person_id = persons.person_id
inner join {{ ref('lead_profile') }} as profiles
    on handoffs.person_id = profiles.person_id
        and {{ holds_at('profiles', 'handoffs.handed_at') }}
left join engagements
    on handoffs.handoff_id = engagements.handoff_id
left join consents
    on handoffs.handoff_id = consents.handoff_id
left join scores
    on handoffs.handoff_id = scores.handoff_id
        and scores.moments_ago = 1
