-- Grain: one record of a system in which a person has one record, where others there are the same
-- person by a rule. Of components that nothing touched it is as it was: each record is tied to the
-- name that its group had.
{{ config(materialized='connected_components', costly_edges=true) }}

with systems as (
    select source_system from {{ ref('policy_exclusive_system') }} as policy
    where {{ in_force('policy') }}
),

types as (
    select id_type from {{ ref('policy_identifier_type') }} as policy
    where joins_same_system and {{ in_force('policy') }}
),

-- By `in` the engine leaves out other systems before it looks for components.
records as (
    select checked.record_key, stirred.component, checked.source_system
    from {{ ref('int_person__checked') }} as checked
    inner join {{ ref('int_identity__stirred') }} as stirred
        on checked.record_key = stirred.node
    where checked.is_current
        and checked.source_system in (select source_system from systems)
        and stirred.component is not null
),

-- What a rule joins hangs together: a system's only record in a component is bound to none.
several as (
    select component, source_system
    from records
    group by component, source_system
    having count(*) > 1
),

beside_others as (
    select records.record_key, records.source_system
    from records
    inner join several
        on records.component = several.component
            and records.source_system = several.source_system
    where records.record_key <> ''
),

claims as (
    select
        edges.node_a,
        edges.node_b as record_key,
        edges.id_type,
        edges.id_value,
        beside_others.source_system
    from {{ ref('int_identity__edges') }} as edges
    inner join types
        on edges.id_type = types.id_type
    inner join beside_others
        on edges.node_b = beside_others.record_key
    where edges.id_type <> 'crm_id' or edges.node_a <> edges.node_b
),

shared as (
    select source_system, id_type, id_value, min(record_key) as first_record_key
    from claims
    group by source_system, id_type, id_value
    having id_type = 'crm_id' or count(*) > 1
),

edges as (
    select
        case when claims.id_type = 'crm_id' then claims.node_a else shared.first_record_key end
            as node_a,
        claims.record_key as node_b
    from claims
    inner join shared
        on claims.source_system = shared.source_system
            and claims.id_type = shared.id_type
            and claims.id_value = shared.id_value
    union all
    select node_a, node_b from {{ ref('int_identity__forced') }}
    {%- if is_anything_settled() %}
    union all
    select before.component as node_a, before.node as node_b
    from {{ rows_last_built('int_identity__bound', {'node': 'string', 'component': 'string'}) }}
        as before
    left join {{ ref('int_identity__stirred') }} as stirred
        on before.node = stirred.node
    where stirred.node is null
    {%- endif %}
)

select node_a, node_b from edges
