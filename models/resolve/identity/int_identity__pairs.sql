-- Grain: one pair of records that are put together by something else than a value that both carry.
{{ config(materialized='view') }}

with overrides as (
    select * from {{ ref('int_identity__overrides') }}
    where action = 'force_merge'
),

named as (
    select record_a as record_key from overrides
    union
    select record_b as record_key from overrides
),

-- Every id that a system has or had; an override about another one waits until it turns up.
known as (
    select distinct named.record_key
    from {{ ref('int_identifier__claims') }} as claims
    inner join named
        on claims.id_value = named.record_key
    where claims.id_type = 'crm_id'
),

pairs as (
    select
        overrides.record_a as node_a,
        overrides.record_b as node_b,
        'forced_by_override' as rule_id,
        'manual' as match_tier,
        0 as priority,
        overrides.override_id as evidence
    from overrides
    inner join known as left_known
        on overrides.record_a = left_known.record_key
    inner join known as right_known
        on overrides.record_b = right_known.record_key
    union all
    select
        left_record_key as node_a,
        right_record_key as node_b,
        'similar_record' as rule_id,
        'probabilistic' as match_tier,
        1000 as priority,
        rule_id as evidence
    from {{ ref('int_match__decided') }}
    where decision = 'merge'
)

select * from pairs
