-- Grain: one identifier that one person record carries.
with records as (
    select * from {{ ref('int_person__checked') }}
    where is_current
),

losers as (
    {{ split_rows('records', 'merged_record_ids', ';') }}
),

additional as (
    {{ split_rows('records', 'additional_emails', ';') }}
),

emails as (
    select * from {{ ref('int_email__normalised') }}
),

-- A deleted record claims what it claimed: that it is gone from its system does not make its events
-- and its withdrawal of consent another person's, nor the id of a person change.
values_in_clear as (
    select record_key, 'crm_id' as id_type, record_key as id_value
    from records
    union all
    select record_key, 'crm_id', source_system || ':' || merged_into
    from records
    where merged_into is not null
    union all
    select record_key, 'crm_id', source_system || ':' || part
    from losers
    union all
    select record_key, 'user_id', trim(user_id)
    from records
    where trim(user_id) <> ''
    union all
    select record_key, 'phone', {{ usable_phone('phone') }}
    from records
    where {{ usable_phone('phone') }} is not null
    union all
    select record_key, 'anonymous_id', trim(anonymous_id)
    from records
    where trim(anonymous_id) <> ''
),

email_claims as (
    select records.record_key, emails.match_hash, emails.email_hash, emails.problem, records.email as written
    from records
    inner join emails on records.email = emails.written
    union all
    select additional.record_key, emails.match_hash, emails.email_hash, emails.problem, additional.part
    from additional
    inner join emails on additional.part = emails.written
),

claims as (
    select
        values_in_clear.record_key,
        values_in_clear.id_type,
        -- A record's own id is no secret; everything a person is known by is hashed.
        case
            when values_in_clear.id_type = 'crm_id' then values_in_clear.id_value
            else {{ keyed_hash('values_in_clear.id_value') }}
        end as id_value,
        case
            when values_in_clear.id_type = 'user_id'
                and {{ is_blocked('values_in_clear.id_value', 'blocked_user_ids') }}
                then 'identifier.user_id.blocked'
            when values_in_clear.id_type = 'phone'
                and {{ is_blocked('values_in_clear.id_value', 'blocked_phones') }}
                then 'identifier.phone.blocked'
        end as problem
    from values_in_clear
    cross join {{ blocked_values('user_id') }} as blocked_user_ids
    cross join {{ blocked_values('phone') }} as blocked_phones
    union all
    select record_key, 'email', coalesce(match_hash, {{ keyed_hash('written') }}), problem
    from email_claims
),

distinct_claims as (
    select record_key, id_type, id_value, min(problem) as problem
    from claims
    group by record_key, id_type, id_value
)

select * from distinct_claims
