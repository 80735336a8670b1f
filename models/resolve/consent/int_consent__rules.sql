-- Grain: one contact point, purpose and channel about which something was stated, with its rules.
with subjects as (
    select
        contact_point_hash,
        purpose,
        channel,
        max(person_id) as person_id,
        max(contact_point_type) as contact_point_type
    from {{ ref('int_consent__stated') }}
    group by contact_point_hash, purpose, channel
),

asked as (
    select contact_point_hash, jurisdiction, max(counts_from) as asked_at
    from {{ ref('int_consent__stated') }}
    where jurisdiction is not null
    group by contact_point_hash, jurisdiction
),

last_asked as (
    select contact_point_hash, max(asked_at) as asked_at
    from asked
    group by contact_point_hash
),

homes as (
    select
        members.person_id,
        countries.alpha2 as jurisdiction,
        max(case when records.is_current then 1 else 0 end) = 1 as is_today,
        max(records.record_updated_at) as recorded_at
    from {{ ref('int_person__checked') }} as records
    inner join {{ ref('int_person__members') }} as members
        on records.record_key = members.record_key
    inner join {{ ref('ref_country_name') }} as countries
        on lower(trim(records.country)) = countries.name
    where records.disposition = 'accepted'
    group by members.person_id, countries.alpha2
),

-- Where the contact point was asked last, and where its person lives or, since then, lived.
-- Somebody who moved is under the stricter of both until asked again.
recorded as (
    select asked.contact_point_hash, asked.jurisdiction
    from asked
    inner join last_asked
        on asked.contact_point_hash = last_asked.contact_point_hash
            and asked.asked_at = last_asked.asked_at
    union
    select subjects.contact_point_hash, homes.jurisdiction
    from subjects
    inner join homes
        on subjects.person_id = homes.person_id
    left join last_asked
        on subjects.contact_point_hash = last_asked.contact_point_hash
    where homes.is_today or last_asked.asked_at is null or homes.recorded_at > last_asked.asked_at
),

regimes as (
    select
        subjects.contact_point_hash,
        subjects.purpose,
        subjects.channel,
        subjects.person_id,
        subjects.contact_point_type,
        recorded.jurisdiction,
        {{ most_specific('policy.regime', 'policy.jurisdiction', 'policy.channel') }} as regime
    from subjects
    left join recorded
        on subjects.contact_point_hash = recorded.contact_point_hash
    left join {{ ref('policy_jurisdiction') }} as policy
        on policy.jurisdiction in ('*', recorded.jurisdiction)
            and policy.channel in ('*', subjects.channel)
            and {{ in_force('policy') }}
    group by
        subjects.contact_point_hash,
        subjects.purpose,
        subjects.channel,
        subjects.person_id,
        subjects.contact_point_type,
        recorded.jurisdiction
),

-- opt_in stands before opt_out, so that the smallest is the strictest.
strictest as (
    select
        contact_point_hash,
        purpose,
        channel,
        max(person_id) as person_id,
        max(contact_point_type) as contact_point_type,
        min(coalesce(regime, 'opt_in') || ':' || coalesce(jurisdiction, '')) as ruling
    from regimes
    group by contact_point_hash, purpose, channel
),

ruled as (
    select
        strictest.contact_point_hash,
        strictest.purpose,
        strictest.channel,
        strictest.person_id,
        strictest.contact_point_type,
        {{ first_part('strictest.ruling', ':') }} as regime,
        {{ regex_extract('strictest.ruling', ':(.+)$') }} as jurisdiction,
        {{ most_specific('policy.resolution', 'policy.purpose') }} as resolution
    from strictest
    left join {{ ref('policy_consent_resolution') }} as policy
        on policy.purpose in ('*', strictest.purpose)
            and {{ in_force('policy') }}
    group by
        strictest.contact_point_hash,
        strictest.purpose,
        strictest.channel,
        strictest.person_id,
        strictest.contact_point_type,
        strictest.ruling
)

select * from ruled
