-- Grain: one person record, with a fingerprint of what identity resolution reads of it; pending
-- while a change of it is not worked through. The memory by which only changes are looked at.
{{ config(
    materialized='incremental',
    incremental_strategy='delete+insert',
    unique_key='record_key',
    on_schema_change='fail',
) }}

with rules as (
    {{ identity_rules() }}
),

split_records as (
    select distinct record_a as record_key from {{ ref('int_identity__overrides') }}
    where action = 'split'
),

-- What a split takes from a record depends on who else has it: it is looked at in each build.
known as (
    select
        remembered.record_key,
        case when split_records.record_key is null then remembered.fingerprint end as fingerprint
    from (
        {{ changes_known() }}
    ) as remembered
    left join split_records
        on remembered.record_key = split_records.record_key
),

-- In the order of builds rows of one stand side by side, where engines find them fast.
numbered as (
    {% if is_incremental() -%}
    select 1 + coalesce(max(build_number), 0) as build_number from {{ this }}
    {%- else -%}
    select 1 as build_number
    {%- endif %}
),

-- What is told of a record and what was told: of one that stands as it stood they cancel out.
parts as (
    select record_key, {{ working_hash(['id_type', 'id_value', 'problem']) }} as part
    from {{ ref('int_identifier__hashed') }}
    union all
    select
        record_key,
        {{ working_hash([
            'first_name', 'last_name', 'created_at', 'record_updated_at', 'is_deleted',
        ]) }} as part
    from {{ ref('int_person__checked') }}
    where is_current
    union all
    select record_key, fingerprint as part
    from known
),

compared as (
    select record_key, {{ bits_differing('part') }} as difference
    from parts
    group by record_key
),

changed as (
    select record_key, coalesce(difference, 0) as difference from compared
    where coalesce(difference, 1) <> 0
),

-- Of a record that is gone nothing is left but what was told.
pending as (
    select
        record_key,
        nullif({{ bits_differing('part') }}, 0) as fingerprint,
        max(was_known) = 1 as was_known
    from (
        select record_key, difference as part, 0 as was_known from changed
        union all
        select known.record_key, known.fingerprint as part, 1 as was_known
        from known
        inner join changed
            on known.record_key = changed.record_key
    ) as told
    group by record_key
)

select
    pending.record_key,
    pending.fingerprint,
    rules.fingerprint as rules,
    true as is_pending,
    pending.was_known,
    numbered.build_number
from pending
cross join rules
cross join numbered
