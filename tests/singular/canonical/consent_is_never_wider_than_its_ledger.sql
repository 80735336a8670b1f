-- I6. Whoever is allowed has a grant of their own in the ledger that holds today, or lives where the law
-- asks for none, and no denial in the ledger that covers it and is as new, nor, where the grant is a
-- legitimate interest, any objection. Judged statement by statement, not by newest times, and by
-- the person as well as by the contact point. If this fails, stop sending and look at the contact
-- point's rows in consent_event.
with allowed as (
    select * from {{ ref('consent_current') }}
    where state = 'allowed'
),

ledger as (
    select
        *,
        action in ('grant', 'confirm') as is_grant,
        action in ('deny', 'withdraw', 'object', 'gpc') as is_denial,
        case when captured_at <= {{ as_of() }} then captured_at end as stated_at
    from {{ ref('consent_event') }}
),

standing as (
    select
        allowed.contact_point_hash,
        allowed.purpose,
        allowed.channel,
        grants.consent_event_id,
        grants.person_id,
        coalesce(grants.lawful_basis, '') = 'legitimate_interest' as is_interest,
        {{ greatest_of(['grants.stated_at', 'grants.effective_from']) }} as granted_at
    from allowed
    inner join ledger as grants
        on allowed.contact_point_hash = grants.contact_point_hash
            and allowed.purpose = grants.purpose
            and allowed.channel = grants.channel
    where grants.is_grant
        and grants.stated_at is not null
        and (grants.effective_to is null or grants.effective_to > {{ as_of() }})
    union all
    select
        contact_point_hash,
        purpose,
        channel,
        'no grant needed' as consent_event_id,
        person_id,
        false as is_interest,
        cast('1900-01-01' as {{ dbt.type_timestamp() }}) as granted_at
    from allowed
    where regime = 'opt_out' and last_grant_at is null
),

holders as (
    select distinct contact_point_hash, person_id
    from ledger
    where person_id is not null
        and 0 = (
            select count(*) from {{ ref('policy_consent_resolution') }} as policy
            where resolution <> 'most_restrictive' and {{ in_force('policy') }}
        )
),

-- A denial covers the whole person where that is the policy for every purpose. One without a time, or with one to come, is as new as can be.
denials as (
    select contact_point_hash, purpose, channel, action, coalesce(stated_at, {{ as_of() }}) as denied_at
    from ledger
    where is_denial
    union all
    select holders.contact_point_hash, ledger.purpose, ledger.channel, ledger.action, coalesce(ledger.stated_at, {{ as_of() }}) as denied_at
    from ledger
    inner join holders
        on ledger.person_id = holders.person_id
    where ledger.is_denial
),

outdone as (
    select distinct
        standing.contact_point_hash,
        standing.purpose,
        standing.channel,
        standing.consent_event_id
    from standing
    inner join denials
        on standing.contact_point_hash = denials.contact_point_hash
    where (denials.denied_at >= standing.granted_at
            or (standing.is_interest and denials.action = 'object'))
        and (denials.purpose = '*' or denials.purpose = standing.purpose)
        and (denials.channel = '*' or denials.channel = standing.channel)
),

upheld as (
    select distinct standing.contact_point_hash, standing.purpose, standing.channel
    from standing
    left join outdone
        on standing.contact_point_hash = outdone.contact_point_hash
            and standing.purpose = outdone.purpose
            and standing.channel = outdone.channel
            and standing.consent_event_id = outdone.consent_event_id
    where outdone.consent_event_id is null
)

select allowed.contact_point_hash, allowed.purpose, allowed.channel, allowed.last_grant_at
from allowed
left join upheld
    on allowed.contact_point_hash = upheld.contact_point_hash
        and allowed.purpose = upheld.purpose
        and allowed.channel = upheld.channel
where upheld.contact_point_hash is null
