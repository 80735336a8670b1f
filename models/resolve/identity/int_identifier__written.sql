-- Grain: one identifier of a person record as it was written; the same may be there twice.
{{ config(materialized='view') }}

with records as (
    select * from {{ ref('int_person__checked') }}
    where is_current
),

phones as (
    select * from {{ ref('int_phone__normalised') }}
),

losers as (
    {{ split_rows('records', 'merged_record_ids', ';') }}
),

additional as (
    {{ split_rows('records', 'additional_emails', ';') }}
),

-- Who is named, or logged in, is known by more than an address.
vouched as (
    select distinct record_key from records
    where trim(first_name) <> '' or trim(user_id) <> ''
),

-- A deleted record claims what it claimed: that it is gone from its system does not make its events
-- and its withdrawal of consent another person's, nor the id of a person change.
written as (
    select record_key, 'crm_id' as id_type, record_key as value
    from records
    union all
    select record_key, 'crm_id' as id_type, source_system || ':' || merged_into as value
    from records
    where merged_into is not null
    union all
    select record_key, 'crm_id' as id_type, source_system || ':' || part as value
    from losers
    union all
    select record_key, 'user_id' as id_type, trim(user_id) as value
    from records
    where trim(user_id) <> ''
    union all
    select record_key, 'email' as id_type, email as value
    from records
    where email is not null
    union all
    select record_key, 'email' as id_type, part as value
    from additional
    union all
    select
        records.record_key,
        'phone' as id_type,
        coalesce(phones.e164, {{ usable_phone('records.phone') }}) as value
    from records
    left join phones
        on records.phone = phones.written
            and coalesce(lower(trim(records.country)), '') = phones.country
    where {{ is_phone('records.phone') }}
    union all
    select record_key, 'anonymous_id' as id_type, trim(anonymous_id) as value
    from records
    where trim(anonymous_id) <> ''
)

select
    written.record_key,
    written.id_type,
    written.value,
    vouched.record_key is not null as is_vouched_for
from written
left join vouched
    on written.record_key = vouched.record_key
