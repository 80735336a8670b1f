-- Grain: one reason to put two records together that came since the last build, or went. A record
-- without any is an edge to itself.
with judged as (
    select judged.*
    from {{ ref('int_identifier__judged') }} as judged
    inner join {{ ref('int_identifier__rejudged') }} as rejudged
        on judged.identifier_key = rejudged.identifier_key
    where judged.verdict = 'admitted'
),

settled as (
    select count(*) as record_count from {{ ref('int_identity__changed') }}
    where not is_pending
),

-- A star per identifier, never all pairs: a value in 100,000 records is 100,000 edges.
-- Of record ids the value is a record itself, and an id that was merged away becomes a node.
-- Pairs are few: they are looked at in each build.
edges as (
    select
        case
            when bearers.id_type = 'crm_id' then bearers.id_value
            else judged.first_record_key
        end as node_a,
        bearers.record_key as node_b,
        bearers.id_type,
        bearers.id_value,
        bearers.identifier_key
    from {{ ref('int_identifier__bearers') }} as bearers
    inner join judged
        on bearers.id_type = judged.id_type and bearers.id_value = judged.id_value
    where bearers.id_type = 'crm_id' or judged.record_count > 1
    union all
    select distinct node_a, node_b, rule_id as id_type, 'pair' as id_value, 0 as identifier_key
    from {{ ref('int_identity__pairs') }}
),

-- Where nothing is settled the last build tells nothing.
edges_before as (
    select before.node_a, before.node_b, before.id_type, before.id_value, before.identifier_key
    from {{ rows_last_built(
        'int_identity__edges',
        {'node_a': 'string', 'node_b': 'string', 'id_type': 'string', 'id_value': 'string',
            'identifier_key': 'bigint'}) }} as before
    cross join settled
    left join {{ ref('int_identifier__rejudged') }} as rejudged
        on before.identifier_key = rejudged.identifier_key
    where settled.record_count > 0
        and (rejudged.identifier_key is not null or before.id_value = 'pair')
),

came as (
    select edges.*, 'written' as change
    from edges
    left join edges_before
        on edges.identifier_key = edges_before.identifier_key
            and edges.id_type = edges_before.id_type
            and edges.node_a = edges_before.node_a
            and edges.node_b = edges_before.node_b
    where edges_before.node_a is null
),

went as (
    select edges_before.*, 'replaced' as change
    from edges_before
    left join edges
        on edges_before.identifier_key = edges.identifier_key
            and edges_before.id_type = edges.id_type
            and edges_before.node_a = edges.node_a
            and edges_before.node_b = edges.node_b
    where edges.node_a is null
)

select * from came
union all
select * from went
