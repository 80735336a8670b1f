-- Grain: one value of a record of which a person may have only so many.
{{ config(materialized='view') }}

with types as (
    select id_type, exclusive_limit from {{ ref('policy_identifier_type') }} as policy
    where exclusive_limit is not null and {{ in_force('policy') }}
),

admitted as (
    select judged.id_type, judged.id_value, types.exclusive_limit
    from {{ ref('int_identifier__judged') }} as judged
    inner join types
        on judged.id_type = types.id_type
    where judged.verdict = 'admitted'
),

claims as (
    select claimed.record_key, claimed.id_type, claimed.id_value
    from {{ ref('int_identifier__claims') }} as claimed
    inner join types
        on claimed.id_type = types.id_type
),

records as (
    select checked.record_key, policy.source_system
    from {{ ref('int_person__checked') }} as checked
    inner join {{ ref('policy_exclusive_system') }} as policy
        on checked.source_system = policy.source_system
    where checked.is_current and {{ in_force('policy') }}
),

bound as (
    select node, component from {{ ref('int_identity__bound') }}
),

never as (
    select * from {{ ref('int_identity__overrides') }}
    where action = 'never_merge'
),

exclusives as (
    select
        claims.record_key,
        claims.id_type as value_type,
        claims.id_value as value,
        admitted.exclusive_limit as value_limit
    from claims
    inner join admitted
        on claims.id_type = admitted.id_type and claims.id_value = admitted.id_value
    union all
    select
        records.record_key,
        'record:' || records.source_system as value_type,
        coalesce(bound.component, records.record_key) as value,
        1 as value_limit
    from records
    left join bound
        on records.record_key = bound.node
    union all
    select
        record_a as record_key,
        'override:' || override_id as value_type,
        record_a as value,
        1 as value_limit
    from never
    union all
    select
        record_b as record_key,
        'override:' || override_id as value_type,
        record_b as value,
        1 as value_limit
    from never
)

select * from exclusives
