-- Grain: one person record, with a fingerprint of what identity resolution reads of it; pending
-- while a change of it is not worked through. The memory by which only changes are looked at.
{{ config(
    materialized='incremental',
    incremental_strategy='delete+insert',
    unique_key='record_key',
    on_schema_change='fail',
) }}

with parts as (
    select
        record_key,
        {{ working_hash("id_type || ':' || id_value || ':' || coalesce(problem, '')") }} as part
    from {{ ref('int_identifier__hashed') }}
    union all
    select
        record_key,
        {{ working_hash("coalesce(first_name, '') || '|' || coalesce(last_name, '') || '|'
            || coalesce(cast(created_at as " ~ dbt.type_string() ~ "), '') || '|'
            || coalesce(cast(record_updated_at as " ~ dbt.type_string() ~ "), '') || '|'
            || case when is_deleted then 'gone' else '' end") }} as part
    from {{ ref('int_person__checked') }}
    where is_current
),

summed as (
    select record_key, sum(cast(part as decimal(38, 0))) as total
    from parts
    group by record_key
),

rules as (
    {{ identity_rules() }}
),

standing as (
    select
        summed.record_key,
        {{ working_hash("cast(summed.total as " ~ dbt.type_string() ~ ") || '|'
            || rules.fingerprint") }} as fingerprint
    from summed
    cross join rules
),

-- What a split takes from a record depends on who else has it.
split_records as (
    select record_a as record_key from {{ ref('int_identity__overrides') }}
    where action = 'split'
),

known as (
    {{ changes_known() }}
),

compared as (
    select
        coalesce(standing.record_key, known.record_key) as record_key,
        standing.fingerprint,
        coalesce(standing.fingerprint <> known.fingerprint, true)
            or split_records.record_key is not null as is_pending
    from standing
    full outer join known
        on standing.record_key = known.record_key
    left join split_records
        on standing.record_key = split_records.record_key
)

select record_key, fingerprint, is_pending from compared
where is_pending
