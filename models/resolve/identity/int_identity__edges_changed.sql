-- Grain: one reason to put two records together that came since the last build, or went. A record
-- without any is an edge to itself.
{{ config(packed='where_whole') }}
{% set last_edges = rows_last_built(
    'int_identity__edges',
    {'node_a': 'string', 'node_b': 'string', 'id_type': 'string', 'id_value': 'string',
        'identifier_key': 'bigint'}) -%}
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

-- What only grew has its edges still. That some are left out lets the engine skip edges of others
-- by their keys alone.
looked_at as (
    select rejudged.identifier_key
    from {{ ref('int_identifier__rejudged') }} as rejudged
    left join {{ ref('int_identifier__grown') }} as grown
        on rejudged.identifier_key = grown.identifier_key
    where grown.identifier_key is null
),

-- Where nothing is settled the last build tells nothing. A pair whose 0 is an identifier's hash too
-- is told of twice, which changes nothing.
edges_before as (
    select looked_up.*
    from (
        select before.node_a, before.node_b, before.id_type, before.id_value, before.identifier_key
        from {{ last_edges }} as before
        inner join looked_at
            on before.identifier_key = looked_at.identifier_key
        union all
        select before.node_a, before.node_b, before.id_type, before.id_value, before.identifier_key
        from {{ last_edges }} as before
        where before.identifier_key = 0 and before.id_value = 'pair'
    ) as looked_up
    cross join settled
    where settled.record_count > 0
)

select
    coalesce(edges.node_a, edges_before.node_a) as node_a,
    coalesce(edges.node_b, edges_before.node_b) as node_b,
    coalesce(edges.id_type, edges_before.id_type) as id_type,
    coalesce(edges.id_value, edges_before.id_value) as id_value,
    coalesce(edges.identifier_key, edges_before.identifier_key) as identifier_key,
    case when edges.node_a is null then 'replaced' else 'written' end as change
from edges
full outer join edges_before
    on edges.identifier_key = edges_before.identifier_key
        and edges.id_type = edges_before.id_type
        and edges.node_a = edges_before.node_a
        and edges.node_b = edges_before.node_b
where edges.node_a is null or edges_before.node_a is null
