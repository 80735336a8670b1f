-- Grain: one identifier that one person record carries and that nobody took from it by a split.
-- depends_on: {{ ref('int_identifier__touched') }} reads this table as the last build left it.
{{ config(
    materialized='incremental',
    incremental_strategy='append',
    on_schema_change='fail',
    pre_hook="{{ forget_replaced(ref('int_identity__changed'), ['record_key'], 'is_pending') }}",
) }}

with hashed as (
    select * from {{ ref('int_identifier__hashed') }}
),

pending as (
    select record_key from {{ ref('int_identity__changed') }}
    where is_pending
),

split_records as (
    select record_a as record_key from {{ ref('int_identity__overrides') }}
    where action = 'split'
),

-- A record that is split off keeps what it alone is known by.
given_up as (
    select hashed.id_type, hashed.id_value
    from hashed
    inner join hashed as of_split_record
        on hashed.id_type = of_split_record.id_type
            and hashed.id_value = of_split_record.id_value
    inner join split_records
        on of_split_record.record_key = split_records.record_key
    group by hashed.id_type, hashed.id_value
    having count(distinct hashed.record_key) > 1
),

kept as (
    select
        hashed.record_key,
        hashed.id_type,
        hashed.id_value,
        hashed.problem,
        {{ working_hash(['hashed.id_type', 'hashed.id_value']) }} as identifier_key
    from hashed
    inner join pending
        on hashed.record_key = pending.record_key
    left join split_records
        on hashed.record_key = split_records.record_key
    left join split_records as spoken_of
        on hashed.id_type = 'crm_id'
            and hashed.id_value = spoken_of.record_key
            and hashed.record_key <> spoken_of.record_key
    left join given_up
        on hashed.id_type = given_up.id_type
            and hashed.id_value = given_up.id_value
    where spoken_of.record_key is null
        and (
            split_records.record_key is null
            or given_up.id_value is null
            or hashed.record_key = hashed.id_value
        )
)

select * from kept
