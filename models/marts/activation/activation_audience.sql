-- Grain: one contact point of a live person that may be used for a purpose on a channel today.
with consents as (
    select * from {{ ref('consent_current') }}
    where state = 'allowed' and not is_bounced and jurisdiction is not null
),

persons as (
    select * from {{ ref('person') }}
    where status = 'live'
),

purposes as (
    select purpose, channel
    from {{ ref('policy_consent_purpose') }} as policy
    where consequence = 'audience' and {{ in_force('policy') }}
    group by purpose, channel
),

audience as (
    select
        persons.person_id,
        consents.contact_point_hash,
        consents.purpose,
        consents.channel,
        consents.contact_point_type,
        consents.contact_point_hash in (persons.email_key, persons.phone_key) as is_primary,
        persons.primary_account_id as account_id,
        consents.jurisdiction,
        consents.regime,
        consents.last_grant_at as granted_at,
        consents.decided_by_event_id,
        '{{ var("contract_version") }}' as _contract_version
    from consents
    inner join persons
        on consents.person_id = persons.person_id
    inner join purposes
        on consents.purpose = purposes.purpose
            and purposes.channel in ('*', consents.channel)
)

select
    person_id,
    contact_point_hash,
    purpose,
    channel,
    contact_point_type,
    coalesce(is_primary, false) as is_primary,
    account_id,
    jurisdiction,
    regime,
    granted_at,
    decided_by_event_id,
    _contract_version
from audience
