-- Grain: one denial, at one contact point that it covers.
with statements as (
    select * from {{ ref('int_consent__stated') }}
),

denials as (
    select * from statements
    where action in ('deny', 'withdraw', 'object', 'gpc')
),

holders as (
    select contact_point_hash, person_id
    from statements
    where person_id in (select denials.person_id from denials)
    group by contact_point_hash, person_id
),

-- A denial covers the contact point that it was made at, whoever shares it, and every contact point
-- of the person who made it.
covered as (
    select
        consent_event_id, contact_point_hash, purpose, channel, action, counts_from,
        true as is_own
    from denials
    union all
    select
        denials.consent_event_id,
        holders.contact_point_hash,
        denials.purpose,
        denials.channel,
        denials.action,
        denials.counts_from,
        false as is_own
    from denials
    inner join holders
        on denials.person_id = holders.person_id
            and denials.contact_point_hash <> holders.contact_point_hash
)

select * from covered
