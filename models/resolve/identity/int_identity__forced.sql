-- Grain: one pair of records that people put together by decision; a decision about a record that
-- no system has or had waits until it turns up.
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

known as (
    select distinct named.record_key
    from {{ ref('int_identifier__claims') }} as claims
    inner join named
        on claims.id_value = named.record_key
    where claims.id_type = 'crm_id'
)

select
    overrides.record_a as node_a,
    overrides.record_b as node_b,
    overrides.override_id
from overrides
inner join known as left_known
    on overrides.record_a = left_known.record_key
inner join known as right_known
    on overrides.record_b = right_known.record_key
