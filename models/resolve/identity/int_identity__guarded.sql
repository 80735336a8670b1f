-- Grain: one node of a contested component with its cluster: what the guards let it join, or where
-- that has more anchors than a person may have, its anchor.
{{ config(packed=false) }}

with admitted as (
    select node, cluster from {{ ref('int_identity__admitted') }}
),

records as (
    select
        admitted.node,
        admitted.cluster,
        coalesce(anchors.component, admitted.node) as anchor
    from admitted
    left join {{ ref('int_identity__anchors') }} as anchors
        on admitted.node = anchors.node
    where admitted.node not like '~%'
),

limits as (
    select max(max_anchors) as max_anchors
    from {{ ref('policy_identifier_type') }} as policy
    where id_type = 'person' and {{ in_force('policy') }}
),

crowded as (
    select records.cluster
    from records
    cross join limits
    group by records.cluster, limits.max_anchors
    having count(distinct records.anchor) > limits.max_anchors
),

parts as (
    select
        records.node,
        records.anchor,
        min(records.node) over (partition by records.cluster, records.anchor) as cluster
    from records
    inner join crowded
        on records.cluster = crowded.cluster
),

-- An identifier that one anchor alone carries stays with it; any other joins nobody.
carried as (
    select disputed.node_b as node, min(parts.cluster) as cluster
    from {{ ref('int_identity__disputed') }} as disputed
    inner join parts
        on disputed.node_a = parts.node
    where disputed.node_b like '~%'
    group by disputed.node_b
    having min(parts.anchor) = max(parts.anchor)
)

select
    admitted.node,
    case
        when crowded.cluster is null then admitted.cluster
        else coalesce(parts.cluster, carried.cluster, admitted.node)
    end as cluster,
    admitted.cluster as heard_cluster
from admitted
left join crowded
    on admitted.cluster = crowded.cluster
left join parts
    on admitted.node = parts.node
left join carried
    on admitted.node = carried.node
