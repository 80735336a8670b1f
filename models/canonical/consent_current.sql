-- Grain: one contact point, purpose and channel.
with decided as (
    select * from {{ ref('int_consent__decided') }}
),

events as (
    select * from {{ ref('int_consent__stated') }}
),

-- What decided: the latest statement of the kind that won, of the person where it was a denial.
candidates as (
    select
        decided.contact_point_hash,
        decided.purpose,
        decided.channel,
        max(events.consent_event_id) as decided_by_event_id
    from decided
    inner join events
        on events.counts_from = case decided.state
            when 'denied' then decided.last_denial_at
            when 'allowed' then decided.last_grant_at
            when 'pending' then decided.last_pending_at
        end
        and (
            (decided.state <> 'denied' and events.contact_point_hash = decided.contact_point_hash)
            or (decided.state = 'denied'
                and coalesce(events.person_id, events.contact_point_hash)
                    = coalesce(decided.person_id, decided.contact_point_hash))
        )
        and events.purpose in ('*', decided.purpose)
        and events.channel in ('*', decided.channel)
        and case
            when events.action in ('grant', 'confirm') then 'allowed'
            when events.action in ('deny', 'withdraw', 'object', 'gpc') then 'denied'
            else events.action
        end = decided.state
    group by decided.contact_point_hash, decided.purpose, decided.channel
)

select
    decided.contact_point_hash,
    decided.purpose,
    decided.channel,
    decided.contact_point_type,
    decided.person_id,
    decided.state,
    case
        when decided.state = 'denied' and decided.last_grant_at is not null
            then 'a covering denial is not older than the grant'
        when decided.state = 'denied' then 'denied and never granted'
        when decided.state = 'allowed' then 'granted after every covering denial'
        when decided.state = 'pending' then 'waits for the confirmation'
        when decided.last_pending_at is not null then 'never confirmed in time'
        else 'nothing was granted or denied'
    end as reason,
    decided.last_grant_at,
    decided.last_denial_at,
    candidates.decided_by_event_id,
    decided.jurisdiction,
    decided.is_bounced,
    '{{ var("contract_version") }}' as _contract_version
from decided
left join candidates
    on decided.contact_point_hash = candidates.contact_point_hash
        and decided.purpose = candidates.purpose
        and decided.channel = candidates.channel
