-- Grain: one thing that happened to one person.
with events as (
    select
        person_id,
        event_at as happened_at,
        'event' as kind,
        event_name as what,
        account_id,
        source_id,
        event_id as subject_id
    from {{ ref('event') }}
    where person_id is not null
),

activities as (
    select
        person_id,
        occurred_at as happened_at,
        'activity' as kind,
        type as what,
        account_id,
        null as source_id,
        activity_id as subject_id
    from {{ ref('activity') }}
    where person_id is not null
),

consents as (
    select
        person_id,
        counts_from as happened_at,
        'consent' as kind,
        action || ' ' || purpose || ' by ' || channel as what,
        null as account_id,
        null as source_id,
        consent_event_id as subject_id
    from {{ ref('consent_event') }}
    where person_id is not null and counts_from is not null
),

stages as (
    select
        subject_id as person_id,
        entered_at as happened_at,
        'lifecycle' as kind,
        to_stage as what,
        null as account_id,
        null as source_id,
        subject_type || ':' || subject_id || ':' || cast(seq as {{ dbt.type_string() }})
            as subject_id
    from {{ ref('lifecycle_history') }}
    where subject_type = 'person'
),

happened as (
    select * from events
    union all
    select * from activities
    union all
    select * from consents
    union all
    select * from stages
)

select
    person_id,
    happened_at,
    kind,
    what,
    account_id,
    source_id,
    subject_id,
    '{{ var("contract_version") }}' as _contract_version
from happened
