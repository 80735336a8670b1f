-- Grain: one identifier that one person record carries and that nobody took from it by a split.
-- depends_on: {{ ref('int_identifier__carried_before') }} reads this table as it was before.
{{ config(
    materialized='incremental',
    incremental_strategy='append',
    on_schema_change='fail',
    pre_hook="{{ forget_replaced(
        ref('int_identity__changed'), ['record_key'], 'is_pending and was_known') }}",
) }}

with told as (
    select
        hashed.record_key,
        hashed.id_type,
        hashed.id_value,
        hashed.problem,
        changed.build_number
    from {{ ref('int_identifier__hashed') }} as hashed
    inner join {{ ref('int_identity__changed') }} as changed
        on hashed.record_key = changed.record_key
    where changed.is_pending
),

split_records as (
    select record_a as record_key from {{ ref('int_identity__overrides') }}
    where action = 'split'
),

of_split_records as (
    select distinct hashed.id_type, hashed.id_value
    from {{ ref('int_identifier__hashed') }} as hashed
    inner join split_records
        on hashed.record_key = split_records.record_key
),

given_up as (
    select hashed.id_type, hashed.id_value
    from {{ ref('int_identifier__hashed') }} as hashed
    inner join of_split_records
        on hashed.id_type = of_split_records.id_type
            and hashed.id_value = of_split_records.id_value
    group by hashed.id_type, hashed.id_value
    having count(distinct hashed.record_key) > 1
),

-- A record that is split off keeps what it alone is known by.
kept as (
    select
        told.record_key,
        told.id_type,
        told.id_value,
        told.problem,
        {{ working_hash(['told.id_type', 'told.id_value']) }} as identifier_key,
        told.build_number
    from told
    left join split_records
        on told.record_key = split_records.record_key
    left join split_records as spoken_of
        on told.id_type = 'crm_id'
            and told.id_value = spoken_of.record_key
            and told.record_key <> spoken_of.record_key
    left join given_up
        on told.id_type = given_up.id_type
            and told.id_value = given_up.id_value
    where spoken_of.record_key is null
        and (
            split_records.record_key is null
            or given_up.id_value is null
            or told.record_key = told.id_value
        )
)

select * from kept
