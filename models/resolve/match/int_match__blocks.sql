-- Grain: one record in one block: records that a blocking rule gives the same key.
with features as (
    select * from {{ ref('int_match__features') }}
),

rules as (
    select * from {{ ref('policy_match_blocking') }} as policy
    where {{ in_force('policy') }}
),

keyed as (
    select
        rules.rule_id,
        rules.max_block_size,
        features.record_key,
        {{ match_part('rules.part_1', 'features') }}
            || '|' || {{ match_part('rules.part_2', 'features') }}
            || '|' || {{ match_part('rules.part_3', 'features') }} as block_key
    from features
    cross join rules
),

sized as (
    select
        *,
        count(*) over (partition by rule_id, block_key) as block_size
    from keyed
    where block_key is not null
),

blocks as (
    select
        rule_id,
        block_key,
        record_key,
        block_size,
        block_size > max_block_size as is_too_large
    from sized
    where block_size > 1
)

select * from blocks
