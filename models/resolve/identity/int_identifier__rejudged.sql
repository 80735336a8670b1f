-- Grain: one identifier, by its hash, that is judged in this build: a changed record carries it, or
-- anchors of its records came together or apart. What shares a hash with it is judged too.
with pending as (
    select record_key from {{ ref('int_identity__changed') }}
    where is_pending
),

standing as (
    select
        anchors.node as record_key,
        coalesce(anchors.component, anchors.node) as anchor,
        coalesce(anchors.component_before, anchors.node) as anchor_before
    from {{ ref('int_identity__anchors') }} as anchors
    left join pending
        on anchors.node = pending.record_key
    where pending.record_key is null
),

-- Records of an anchor that kept its name came from that one: of several one at least did not.
moved as (
    select anchor, anchor_before from standing
    where anchor <> anchor_before
),

joined as (
    select anchor from standing
    where anchor in (select anchor from moved)
    group by anchor
    having min(anchor_before) <> max(anchor_before)
),

parted as (
    select anchor_before from standing
    where anchor_before in (select anchor_before from moved)
    group by anchor_before
    having min(anchor) <> max(anchor)
),

looked_at as (
    select record_key from pending
    union all
    select standing.record_key
    from standing
    left join joined
        on standing.anchor = joined.anchor
    left join parted
        on standing.anchor_before = parted.anchor_before
    where joined.anchor is not null or parted.anchor_before is not null
)

select identifier_key, max(carried_before) = 0 as keeps_bearers
from (
    select identifier_key, 1 as carried_before from {{ ref('int_identifier__carried_before') }}
    union all
    select claims.identifier_key, 0 as carried_before
    from {{ ref('int_identifier__claims') }} as claims
    inner join looked_at
        on claims.record_key = looked_at.record_key
) as touched
group by identifier_key
