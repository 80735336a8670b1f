-- Grain: one identifier that one person record carries, hashed.
with written as (
    select * from {{ ref('int_identifier__written') }}
),

stitching as (
    select max(consent_rule) as consent_rule
    from {{ ref('policy_stitching') }} as policy
    where identifier = 'anonymous_id' and {{ in_force('policy') }}
),

user_ids as (
    select distinct value from written
    where id_type = 'user_id'
),

phones as (
    select distinct value from written
    where id_type = 'phone'
),

blocked as (
    select value, 'user_id' as id_type from ({{ blocked_values('user_ids', 'user_id') }}) as listed
    union all
    select value, 'phone' as id_type from ({{ blocked_values('phones', 'phone') }}) as listed
),

-- A record's own id is no secret; everything a person is known by is hashed.
claims as (
    select
        written.record_key,
        case
            when emails.needs_name and not written.is_vouched_for then 'unconfirmed_email'
            else written.id_type
        end as id_type,
        case
            when written.id_type = 'crm_id' then written.value
            when emails.match_hash is not null then emails.match_hash
            else {{ keyed_hash('written.value') }}
        end as id_value,
        case
            when blocked.value is not null then 'identifier.' || written.id_type || '.blocked'
            when emails.problem is not null then emails.problem
            when emails.needs_name and not written.is_vouched_for
                then 'identifier.email.unconfirmed'
            when written.id_type = 'anonymous_id'
                and not {{ may_link_browser('stitching.consent_rule', 'consents') }}
                then 'identifier.anonymous_id.no_consent'
        end as problem
    from written
    cross join stitching
    left join {{ ref('int_email__normalised') }} as emails
        on case when written.id_type = 'email' then written.value end = emails.written
    left join {{ ref('int_cookie__consent') }} as consents
        on case
            when written.id_type = 'anonymous_id' then {{ contact_point_key('written.value') }}
        end = consents.cookie_key
    left join blocked
        on written.id_type = blocked.id_type and written.value = blocked.value
),

names as (
    select
        record_key,
        min({{ given_name('first_name') }}) as given_name,
        min({{ folded_letters('lower(trim(' ~ nfc('last_name') ~ '))') }}) as last_name
    from {{ ref('int_person__checked') }}
    where is_current and nullif(trim(last_name), '') is not null
    group by record_key
),

-- A number alone is a desk, a household or a successor; with first and last name it is a person.
distinct_claims as (
    select record_key, id_type, id_value, min(problem) as problem
    from claims
    group by record_key, id_type, id_value
    union all
    select distinct
        written.record_key,
        'phone_and_name' as id_type,
        {{ keyed_hash("written.value || '|' || names.given_name || '|' || names.last_name") }}
            as id_value,
        case when blocked.value is not null then 'identifier.phone.blocked' end as problem
    from written
    inner join names
        on written.record_key = names.record_key and length(names.given_name) > 1
    left join blocked
        on written.id_type = blocked.id_type and written.value = blocked.value
    where written.id_type = 'phone' and written.value like '+%'
)

select * from distinct_claims
