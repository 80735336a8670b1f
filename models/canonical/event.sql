-- Grain: one event, known or anonymous.
{{ config(
    materialized='incremental',
    incremental_strategy='delete+insert',
    unique_key='event_id',
    on_schema_change='fail',
    post_hook="{{ drop_unlisted_rows('event_id', ref('int_event__located')) }}",
) }}

with events as (
    select * from {{ ref('int_event__located') }}
),

logins as (
    select * from {{ ref('int_login__person') }}
    where person_id is not null
),

cookies as (
    select * from {{ ref('int_anonymous__person') }}
),

primary_accounts as (
    select person_id, account_id
    from {{ ref('int_person_account__relations') }}
    where is_primary
),

sessions as (
    select event_id, session_id from {{ ref('int_event__sessioned') }}
),

deliveries as (
    select source_system, source_object, source_record_id, count(*) as copy_count
    from {{ ref('int_event__checked') }}
    where disposition = 'duplicate'
    group by source_system, source_object, source_record_id
),

stitched as (
    select
        events.*,
        coalesce(logins.person_id, cookies.person_id) as person_id,
        case
            when logins.person_id is not null then logins.linked_by
            when cookies.person_id is not null then 'anonymous_id'
        end as person_method,
        1 + coalesce(deliveries.copy_count, 0) as delivery_count,
        sessions.session_id
    from events
    left join sessions
        on events.event_id = sessions.event_id
    left join logins
        on {{ login_key('events') }} = logins.login_key
    left join cookies
        on events.source_system = cookies.source_system
            and events.anonymous_id = cookies.anonymous_id
            and cookies.person_id is not null
            and events.event_at between cookies.linked_from and cookies.linked_until
    left join deliveries
        on events.source_system = deliveries.source_system
            and events.source_object = deliveries.source_object
            and events.source_record_id = deliveries.source_record_id
),

{{ changed_events('stitched') }}

select
    changed.event_id,
    changed.canonical_name as event_name,
    changed.intent,
    changed.happened_at as event_at,
    changed.received_at,
    {{ clock_skew('changed') }} as clock_skew_s,
    changed.person_id,
    changed.person_method,
    {{ keyed_hash("changed.source_system || ':' || changed.anonymous_id") }} as anonymous_key,
    primary_accounts.account_id,
    {{ keyed_hash("changed.source_system || ':' || changed.session_key") }} as session_key,
    changed.session_id,
    changed.source_id,
    changed.is_entry,
    changed.page_location,
    changed.referrer,
    changed.properties,
    cast(changed.delivery_count as {{ dbt.type_int() }}) as delivery_count,
    changed.source_system as _source_system,
    changed.source_object as _source_object,
    changed._content_hash,
    changed._loaded_at,
    '{{ var("contract_version") }}' as _contract_version
from changed
left join primary_accounts
    on changed.person_id = primary_accounts.person_id
