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

rules as (
    select
        max(types.ttl_days) as ttl_days,
        max(stitching.lookback_days) as lookback_days,
        max(stitching.consent_rule) as consent_rule
    from {{ ref('policy_identifier_type') }} as types
    inner join {{ ref('policy_stitching') }} as stitching
        on types.id_type = stitching.identifier
            and {{ in_force('stitching') }}
    where types.id_type = 'anonymous_id' and {{ in_force('types') }}
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
            and logins.last_event_at >= persons.linked_from
            and logins.first_event_at < persons.linked_until
    union all
    select
        records.source_system,
        trim(records.anonymous_id) as anonymous_id,
        members.person_id,
        coalesce(records.created_at, records.record_updated_at) as first_at,
        coalesce(records.record_updated_at, records.created_at) as last_at
    from records
    inner join {{ ref('int_person__members') }} as members
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

asked as (
    select
        cookies.*,
        rules.ttl_days,
        rules.lookback_days,
        case when rules.consent_rule <> 'any' then consents.agreed_anew_at end as agreed_anew_at,
        {{ may_link_browser('rules.consent_rule', 'consents') }} as may_be_linked
    from cookies
    cross join rules
    left join {{ ref('int_cookie__consent') }} as consents
        on {{ contact_point_key('cookies.anonymous_id') }} = consents.cookie_key
),

-- A cookie of two people says nothing of the events between their logins: it links none of them.
-- What a browser did before it agreed again stays nobody's.
linked as (
    select
        source_system,
        anonymous_id,
        {{ keyed_hash('anonymous_id') }} as anonymous_id_hash,
        case when person_count = 1 and may_be_linked then only_person_id end as person_id,
        person_count > 1 as is_ambiguous,
        case
            when person_count > 1 then 'identifier.anonymous_id.ambiguous'
            when not may_be_linked then 'identifier.anonymous_id.no_consent'
        end as reason,
        person_count,
        first_linked_at,
        last_linked_at,
        {{ greatest_of([dbt.dateadd(
            'day', '-coalesce(' ~ least_of(['ttl_days', 'lookback_days']) ~ ', 36500)',
            'first_linked_at'
        ), 'agreed_anew_at']) }} as linked_from,
        {{ dbt.dateadd('day', 'coalesce(ttl_days, 36500)', 'last_linked_at') }} as linked_until
    from asked
)

select * from linked
