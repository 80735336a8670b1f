-- Grain: one handoff, held against what marketing and sales agreed.
with handoffs as (
    select * from {{ ref('lead_handoff') }}
    where superseded_by is null
),

verdicts as (
    select
        handoffs.handoff_id,
        qualification.verdict,
        row_number() over (
            partition by handoffs.handoff_id
            order by qualification.qualified_at desc, qualification.definition_id
        ) as verdict_number
    from handoffs
    inner join {{ ref('qualification') }} as qualification
        on handoffs.person_id = qualification.person_id
            and qualification.qualified_at <= handoffs.handed_at
    where qualification.stage = 'mql' and qualification.is_selected
),

-- Consent to be written to, and what the person had done, as of the handoff.
consents as (
    select
        handoffs.handoff_id,
        max(case when statements.action in ('grant', 'confirm') then statements.counts_from end)
            as granted_at,
        max(case when statements.action in ('deny', 'withdraw', 'object', 'gpc')
            then statements.counts_from end) as denied_at
    from handoffs
    inner join {{ ref('consent_event') }} as statements
        on handoffs.person_id = statements.person_id
            and statements.counts_from <= handoffs.handed_at
    where statements.purpose in ('marketing', '*') and statements.channel in ('email', '*')
    group by handoffs.handoff_id
),

engagements as (
    select
        handoffs.handoff_id,
        count(*) as event_count
    from handoffs
    inner join {{ ref('event') }} as events
        on handoffs.person_id = events.person_id
            and events.event_at <= handoffs.handed_at
    where events.event_name <> 'email_sent'
    group by handoffs.handoff_id
)
select 1
