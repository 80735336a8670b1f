-- Grain: one contact point, purpose and channel.
with decided as (
    select * from {{ ref('int_consent__decided') }}
),

events as (
    select * from {{ ref('int_consent__stated') }}
),

denials as (
    select * from {{ ref('int_consent__denials') }}
),

-- What decided: the latest statement of the kind that won.
latest as (
    select
        decided.contact_point_hash,
        decided.purpose,
        decided.channel,
        denials.consent_event_id
    from decided
    inner join denials
        on decided.contact_point_hash = denials.contact_point_hash
            and decided.last_denial_at = denials.counts_from
            and denials.purpose in ('*', decided.purpose)
            and denials.channel in ('*', decided.channel)
    where decided.state = 'denied'
    union all
    select
        decided.contact_point_hash,
        decided.purpose,
        decided.channel,
        events.consent_event_id
    from decided
    inner join events
        on decided.contact_point_hash = events.contact_point_hash
            and decided.purpose = events.purpose
            and decided.channel = events.channel
    where (decided.state = 'allowed' and events.action in ('grant', 'confirm')
            and events.counts_from = decided.last_grant_at)
        or (decided.state = 'pending' and events.action = 'pending'
            and events.counts_from = decided.last_pending_at)
),

deciding as (
    select contact_point_hash, purpose, channel, max(consent_event_id) as decided_by_event_id
    from latest
    group by contact_point_hash, purpose, channel
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
        when decided.state = 'denied' and decided.is_interest_overruled
            then 'a legitimate interest does not lift an objection'
        when decided.state = 'denied' then 'denied and never granted'
        when decided.state = 'allowed' and decided.last_grant_at is null
            then 'nothing denies it where the law asks for no grant'
        when decided.state = 'allowed' then 'granted after every covering denial'
        when decided.state = 'pending' then 'waits for the confirmation'
        when decided.last_pending_at is not null then 'never confirmed in time'
        else 'nothing was granted or denied'
    end as reason,
    decided.last_grant_at,
    decided.last_denial_at,
    deciding.decided_by_event_id,
    decided.ruling_jurisdiction as jurisdiction,
    decided.regime,
    decided.is_bounced,
    '{{ var("contract_version") }}' as _contract_version
from decided
left join deciding
    on decided.contact_point_hash = deciding.contact_point_hash
        and decided.purpose = deciding.purpose
        and decided.channel = deciding.channel
