-- Grain: one contact point, purpose and channel about which something was stated.
with statements as (
    select * from {{ ref('int_consent__stated') }}
),

denials as (
    select * from {{ ref('int_consent__denials') }}
),

-- A grant counts while it has not expired, and with double opt-in once it is confirmed.
grants as (
    select
        contact_point_hash,
        purpose,
        channel,
        max(counts_from) as last_grant_at
    from statements
    where action in ('grant', 'confirm')
        and purpose <> '*'
        and (effective_to is null or effective_to > {{ as_of() }})
    group by contact_point_hash, purpose, channel
),

subjects as (
    select
        contact_point_hash,
        purpose,
        channel,
        max(person_id) as person_id,
        max(contact_point_type) as contact_point_type,
        max(jurisdiction) as jurisdiction,
        max(case when action = 'pending' then counts_from end) as last_pending_at,
        max(case when action = 'bounce' then counts_from end) as last_bounce_at,
        max(case when action in ('expire', 'erase') then counts_from end) as last_expiry_at
    from statements
    group by contact_point_hash, purpose, channel
),

covering as (
    select
        subjects.contact_point_hash,
        subjects.purpose,
        subjects.channel,
        max(denials.counts_from) as last_denial_at
    from subjects
    inner join denials
        on subjects.contact_point_hash = denials.contact_point_hash
            and denials.purpose in ('*', subjects.purpose)
            and denials.channel in ('*', subjects.channel)
    group by subjects.contact_point_hash, subjects.purpose, subjects.channel
),

decided as (
    select
        subjects.*,
        grants.last_grant_at,
        covering.last_denial_at,
        case
            when covering.last_denial_at >= coalesce(grants.last_grant_at, covering.last_denial_at)
                then 'denied'
            when subjects.last_expiry_at >= grants.last_grant_at then 'unknown'
            when grants.last_grant_at is not null then 'allowed'
            when subjects.last_pending_at is not null
                and {{ seconds_between('subjects.last_pending_at', as_of()) }}
                    <= 86400 * {{ var('double_opt_in_days') }} then 'pending'
            else 'unknown'
        end as state,
        coalesce(
            subjects.last_bounce_at > coalesce(grants.last_grant_at, subjects.last_bounce_at), false
        ) or (subjects.last_bounce_at is not null and grants.last_grant_at is null) as is_bounced
    from subjects
    left join grants
        on subjects.contact_point_hash = grants.contact_point_hash
            and subjects.purpose = grants.purpose
            and subjects.channel = grants.channel
    left join covering
        on subjects.contact_point_hash = covering.contact_point_hash
            and subjects.purpose = covering.purpose
            and subjects.channel = covering.channel
)

select * from decided
