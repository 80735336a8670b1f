-- Grain: one identifier that one person record carries, hashed.
{{ config(materialized='view') }}

with written as (
    select * from {{ ref('int_identifier__written') }}
),

emails as (
    select 'email' as id_type, written, match_hash, problem
    from {{ ref('int_email__normalised') }}
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
        written.id_type,
        case
            when written.id_type = 'crm_id' then written.value
            when emails.match_hash is not null then emails.match_hash
            else {{ keyed_hash('written.value') }}
        end as id_value,
        case
            when blocked.value is not null then 'identifier.' || written.id_type || '.blocked'
            else emails.problem
        end as problem
    from written
    left join emails
        on written.id_type = emails.id_type and written.value = emails.written
    left join blocked
        on written.id_type = blocked.id_type and written.value = blocked.value
),

distinct_claims as (
    select record_key, id_type, id_value, min(problem) as problem
    from claims
    group by record_key, id_type, id_value
)

select * from distinct_claims
