-- Grain: one value of a record of which a person may have only so many.
with claims as (
    select record_key, id_type, id_value from {{ ref('int_identifier__claims') }}
),

types as (
    select id_type, exclusive_limit from {{ ref('policy_identifier_type') }} as policy
    where exclusive_limit is not null and {{ in_force('policy') }}
),

admitted as (
    select id_type, id_value from {{ ref('int_identifier__judged') }}
    where verdict = 'admitted'
),

systems as (
    select source_system from {{ ref('policy_exclusive_system') }} as policy
    where {{ in_force('policy') }}
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
        types.exclusive_limit as value_limit
    from claims
    inner join types
        on claims.id_type = types.id_type
    inner join admitted
        on claims.id_type = admitted.id_type and claims.id_value = admitted.id_value
    union all
    select
        claims.record_key,
        'record:' || systems.source_system as value_type,
        coalesce(bound.component, claims.record_key) as value,
        1 as value_limit
    from claims
    inner join systems
        on {{ record_system('claims.record_key') }} = systems.source_system
    left join bound
        on claims.record_key = bound.node
    where claims.id_type = 'crm_id' and claims.id_value = claims.record_key
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
