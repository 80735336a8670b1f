-- Grain: one reason to put two records together; a record without any is an edge to itself.
-- depends_on: {{ ref('int_identity__edges_before') }} reads this table as the last build left it.
{{ config(
    materialized='incremental',
    incremental_strategy='append',
    on_schema_change='fail',
    pre_hook="{{ forget_replaced(
        ref('int_identifier__rejudged'), ['id_type', 'id_value'], also=\"id_value = 'pair'\") }}",
) }}

with claims as (
    select * from {{ ref('int_identifier__claims') }}
),

admitted as (
    select judged.*
    from {{ ref('int_identifier__judged') }} as judged
    inner join {{ ref('int_identifier__rejudged') }} as rejudged
        on judged.id_type = rejudged.id_type and judged.id_value = rejudged.id_value
    where judged.verdict = 'admitted'
),

-- A star per identifier, never all pairs: a value in 100,000 records is 100,000 edges.
-- Of record ids the value is a record itself, and an id that was merged away becomes a node.
edges as (
    select
        case
            when claims.id_type = 'crm_id' then claims.id_value
            else admitted.first_record_key
        end as node_a,
        claims.record_key as node_b,
        claims.id_type,
        claims.id_value
    from claims
    inner join admitted
        on claims.id_type = admitted.id_type and claims.id_value = admitted.id_value
    where claims.id_type = 'crm_id' or admitted.record_count > 1
    union all
    select node_a, node_b, rule_id as id_type, 'pair' as id_value
    from {{ ref('int_identity__pairs') }}
)

select node_a, node_b, id_type, id_value from edges
