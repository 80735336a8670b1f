-- Grain: one record that a merge in its system, a login or a decision joins, with its anchor, or
-- one that any of these joined in the last build and none does any more, without one.
-- An anchor is what is one person already before any contact data is looked at.
{{ config(
    materialized='connected_components',
    costly_edges=true,
    compared=true,
    packed=false,
) }}

with claims as (
    select * from {{ ref('int_identifier__claims') }}
    where id_type in ('crm_id', 'user_id') and problem is null and id_value <> record_key
),

types as (
    select * from {{ ref('policy_identifier_type') }} as policy
    where may_merge and {{ in_force('policy') }}
),

-- Of record ids the value is a record itself, which carries it too.
shared as (
    select
        claims.id_type,
        claims.id_value,
        case when claims.id_type = 'crm_id' then claims.id_value else min(claims.record_key) end
            as first_record_key
    from claims
    inner join types
        on claims.id_type = types.id_type
    group by claims.id_type, claims.id_value
    having (claims.id_type = 'crm_id' or count(*) > 1)
        and count(*) + case when claims.id_type = 'crm_id' then 1 else 0 end
            <= coalesce(max(types.max_anchors), count(*) + 1)
),

edges as (
    select shared.first_record_key as node_a, claims.record_key as node_b
    from claims
    inner join shared
        on claims.id_type = shared.id_type and claims.id_value = shared.id_value
    union all
    select node_a, node_b from {{ ref('int_identity__forced') }}
)

select * from edges
