-- Grain: one distinct statement of events about who they are, with the person it names, if any; of
-- an address that went from one person to another, with each of them for a time.
with logins as (
    select login_key, source_system, user_id, person_record_id, email
    from {{ ref('int_event__logins') }}
    group by login_key, source_system, user_id, person_record_id, email
),

members as (
    select * from {{ ref('int_person__members') }}
),

emails as (
    select * from {{ ref('int_email__normalised') }}
),

identifiers as (
    select * from {{ ref('int_identifier__person') }}
    where id_type in ('user_id', 'email')
),

found as (
    select
        logins.login_key,
        logins.source_system,
        by_user_id.person_id as person_by_user_id,
        by_record.person_id as person_by_record,
        by_email.person_id as person_by_email,
        emails.match_hash as address_key
    from logins
    left join identifiers as by_user_id
        on by_user_id.id_type = 'user_id'
            and {{ keyed_hash('trim(logins.user_id)') }} = by_user_id.id_value
    left join members as by_record
        on logins.source_system || ':' || logins.person_record_id = by_record.record_key
    left join emails
        on logins.email = emails.written
    left join identifiers as by_email
        on by_email.id_type = 'email' and emails.match_hash = by_email.id_value
),

-- The strongest statement counts: a checked login, the system's own record, a typed address.
linked as (
    select
        login_key,
        source_system,
        coalesce(person_by_user_id, person_by_record, person_by_email) as person_id,
        case
            when person_by_user_id is not null then 'user_id'
            when person_by_record is not null then 'person_record_id'
            when person_by_email is not null then 'email'
        end as linked_by,
        case when person_by_user_id is null and person_by_record is null then address_key end
            as address_key
    from found
),

dated as (
    select
        linked.login_key,
        linked.source_system,
        coalesce(owners.person_id, linked.person_id) as person_id,
        case when owners.person_id is not null then 'email' else linked.linked_by end as linked_by,
        coalesce(owners.owned_from, {{ unknown_start() }}) as linked_from,
        coalesce(owners.owned_until, {{ unknown_end() }}) as linked_until
    from linked
    left join {{ ref('int_email__owners') }} as owners
        on linked.address_key = owners.address_key
)

select * from dated
