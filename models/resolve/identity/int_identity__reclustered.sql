-- Grain: one record whose row in int_identity__clusters is written anew in this build, because the
-- record or its cluster changed, or a record that is in no cluster any more.
-- The clusters of the last build are read before int_identity__clusters writes over them.
with now as (
    select
        components.node as record_key,
        coalesce(guarded.cluster, components.component) as cluster
    from {{ ref('int_identity__stirred') }} as components
    left join {{ ref('int_identity__guarded') }} as guarded
        on components.node = guarded.node
),

before as (
    select record_key, cluster
    from {{ rows_last_built(
        'int_identity__clusters', {'record_key': 'string', 'cluster': 'string'}) }} as clusters
),

pending as (
    select record_key from {{ ref('int_identity__changed') }}
    where is_pending
),

settled as (
    select count(*) as record_count from {{ ref('int_identity__changed') }}
    where not is_pending
)

select
    coalesce(now.record_key, before.record_key) as record_key,
    now.cluster,
    before.cluster as cluster_before
from now
{{ 'left' if is_anything_settled() else 'full outer' }} join before
    on now.record_key = before.record_key
cross join settled
left join pending
    on coalesce(now.record_key, before.record_key) = pending.record_key
where settled.record_count = 0
    or pending.record_key is not null
    or coalesce(now.cluster <> before.cluster, true)
