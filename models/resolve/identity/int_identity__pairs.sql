-- Grain: one pair of records that are put together by something else than a value that both carry.
{{ config(materialized='view') }}

select
    node_a,
    node_b,
    'forced_by_override' as rule_id,
    'manual' as match_tier,
    0 as priority,
    override_id as evidence
from {{ ref('int_identity__forced') }}
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
