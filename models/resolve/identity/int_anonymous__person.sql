-- Grain: one cookie that was ever seen with a person, with the one person it stands for, if any.
with logins as (
    select * from {{ ref('int_event__logins') }}
    where anonymous_id is not null
),

persons as (
    select * from {{ ref('int_login__person') }}
    where person_id is not null
),

records as (
    select * from {{ ref('int_person__checked') }}
    where is_current and anonymous_id is not null
),

members as (
    select * from {{ ref('int_person__members') }}
),

time_to_live as (
    select max(ttl_days) as ttl_days
    from {{ ref('policy_identifier_type') }} as policy
    where id_type = 'anonymous_id' and {{ in_force('policy') }}
),

sightings as (
    select
        logins.source_system,
        logins.anonymous_id,
        persons.person_id,
        logins.first_event_at as first_at,
        logins.last_event_at as last_at
    from logins
    inner join persons
        on logins.login_key = persons.login_key
    union all
    select
        records.source_system,
        trim(records.anonymous_id) as anonymous_id,
        members.person_id,
        coalesce(records.created_at, records.record_updated_at) as first_at,
        coalesce(records.record_updated_at, records.created_at) as last_at
    from records
    inner join members
        on records.record_key = members.record_key
),

cookies as (
    select
        source_system,
        anonymous_id,
        count(distinct person_id) as person_count,
        min(person_id) as only_person_id,
        min(first_at) as first_linked_at,
        max(last_at) as last_linked_at
    from sightings
    group by source_system, anonymous_id
),

-- A cookie of two people says nothing of the events between their logins: it links none of them.
linked as (
    select
        cookies.source_system,
        cookies.anonymous_id,
        {{ keyed_hash('cookies.anonymous_id') }} as anonymous_id_hash,
        case when cookies.person_count = 1 then cookies.only_person_id end as person_id,
        cookies.person_count > 1 as is_ambiguous,
        case when cookies.person_count > 1 then 'identifier.anonymous_id.ambiguous' end as reason,
        cookies.person_count,
        cookies.first_linked_at,
        cookies.last_linked_at,
        {{ dbt.dateadd(
            'day', '-coalesce(time_to_live.ttl_days, 36500)', 'cookies.first_linked_at'
        ) }}
            as linked_from,
        {{ dbt.dateadd('day', 'coalesce(time_to_live.ttl_days, 36500)', 'cookies.last_linked_at') }}
            as linked_until
    from cookies
    cross join time_to_live
)

select * from linked
