-- Grain: one reason to put two nodes of a contested component together, in the order in which they
-- are heard. Nodes are records and, with a tilde before them, the identifiers that records claim.
with contested as (
    select components.node, components.component
    from {{ ref('int_identity__components') }} as components
    inner join {{ ref('int_identity__contested') }} as contested_components
        on components.component = contested_components.component
),

records as (
    select
        checked.record_key,
        min(coalesce(checked.created_at, checked.record_updated_at)) as known_since
    from {{ ref('int_person__checked') }} as checked
    inner join contested
        on checked.record_key = contested.node
    where checked.is_current
    group by checked.record_key
),

-- What only one record carries is no reason.
admitted as (
    select id_type, id_value, priority from {{ ref('int_identifier__judged') }}
    where verdict = 'admitted' and (record_count > 1 or id_type = 'crm_id')
),

reasons as (
    select
        contested.component,
        claims.record_key as node_a,
        case
            when claims.id_type = 'crm_id' then claims.id_value
            else '~' || claims.id_type || ':' || claims.id_value
        end as node_b,
        claims.record_key,
        claims.id_type,
        claims.id_value,
        admitted.priority
    from contested
    inner join {{ ref('int_identifier__claims') }} as claims
        on contested.node = claims.record_key
    inner join admitted
        on claims.id_type = admitted.id_type and claims.id_value = admitted.id_value
    where claims.id_value <> claims.record_key
    union all
    select
        contested.component,
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
        reasons.component,
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
