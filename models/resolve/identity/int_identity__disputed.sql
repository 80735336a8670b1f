-- Grain: one reason to put two nodes of a contested component together, in the order in which they
-- are heard. Nodes are records and, with a tilde before them, the identifiers that records claim.
-- By `in` the engine expects few nodes: it looks up all edges in these, not these in all edges.
-- That an empty key would be left out lets it skip what has none of them (decision 0250).
{{ config(packed=false) }}

with contested as (
    select node from {{ ref('int_identity__stirred') }}
    where component in (select component from {{ ref('int_identity__contested') }})
),

records as (
    select
        checked.record_key,
        coalesce(checked.created_at, checked.record_updated_at) as known_since
    from {{ ref('int_person__checked') }} as checked
    inner join contested
        on checked.record_key = contested.node
    where checked.is_current and contested.node <> ''
),

types as (
    select id_type, priority from {{ ref('policy_identifier_type') }} as policy
    where {{ in_force('policy') }}
),

reasons as (
    select
        edges.node_b as node_a,
        case
            when edges.id_type = 'crm_id' then edges.id_value
            else '~' || edges.id_type || ':' || edges.id_value
        end as node_b,
        edges.node_b as record_key,
        edges.id_type,
        edges.id_value,
        types.priority
    from contested
    inner join {{ ref('int_identity__edges') }} as edges
        on contested.node = edges.node_b
    inner join types
        on edges.id_type = types.id_type
    where edges.id_value <> edges.node_b and contested.node <> ''
    union all
    select
        pairs.node_a,
        pairs.node_b,
        pairs.node_a as record_key,
        pairs.rule_id as id_type,
        pairs.node_b as id_value,
        pairs.priority
    from contested
    inner join {{ ref('int_identity__pairs') }} as pairs
        on contested.node = pairs.node_a
),

-- Who was first keeps what is contested: a newcomer takes nothing away.
disputed as (
    select
        reasons.node_a,
        reasons.node_b,
        reasons.record_key,
        reasons.id_type,
        reasons.id_value,
        row_number() over (
            order by
                reasons.priority,
                records.known_since nulls last,
                reasons.record_key,
                reasons.id_type,
                reasons.id_value
        ) as place
    from reasons
    left join records
        on reasons.record_key = records.record_key
)

select * from disputed
