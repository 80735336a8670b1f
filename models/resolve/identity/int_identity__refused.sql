-- Grain: one reason to put two nodes together that the guards refused, for each limit that it would
-- have broken, with both sides' values.
{{ config(
    materialized='incremental',
    incremental_strategy='append',
    on_schema_change='fail',
    pre_hook="{{ forget_stirred('record_key') }}",
) }}

with refused as (
    select
        disputed.record_key,
        disputed.id_type,
        disputed.id_value,
        left_side.cluster,
        right_side.cluster as other_cluster,
        left_side.heard_cluster,
        right_side.heard_cluster as other_heard_cluster
    from {{ ref('int_identity__disputed') }} as disputed
    inner join {{ ref('int_identity__guarded') }} as left_side
        on disputed.node_a = left_side.node
    inner join {{ ref('int_identity__guarded') }} as right_side
        on disputed.node_b = right_side.node
    where left_side.cluster <> right_side.cluster
),

held as (
    select distinct
        guarded.heard_cluster,
        contested.value_type,
        contested.value,
        contested.value_limit
    from {{ ref('int_identity__contested') }} as contested
    inner join {{ ref('int_identity__guarded') }} as guarded
        on contested.record_key = guarded.node
),

ends as (
    select distinct heard_cluster, other_heard_cluster from refused
    where heard_cluster <> other_heard_cluster
),

sides as (
    select heard_cluster, other_heard_cluster, heard_cluster as side from ends
    union all
    select heard_cluster, other_heard_cluster, other_heard_cluster as side from ends
),

conflicts as (
    select
        sides.heard_cluster,
        sides.other_heard_cluster,
        held.value_type,
        {{ ordered_list('case when sides.side = sides.heard_cluster then held.value end') }}
            as conflicting_values,
        {{ ordered_list('case when sides.side <> sides.heard_cluster then held.value end') }}
            as other_conflicting_values
    from sides
    inner join held
        on sides.side = held.heard_cluster
    group by sides.heard_cluster, sides.other_heard_cluster, held.value_type
    having count(distinct held.value) > min(held.value_limit)
    union all
    select
        ends.heard_cluster,
        ends.other_heard_cluster,
        ours.value_type,
        {{ ordered_list('ours.value') }} as conflicting_values,
        {{ ordered_list('theirs.value') }} as other_conflicting_values
    from ends
    inner join held as ours
        on ends.heard_cluster = ours.heard_cluster
    inner join held as theirs
        on ends.other_heard_cluster = theirs.heard_cluster
    left join {{ ref('int_identity__agreements') }} as agreements
        on ours.value = agreements.value and theirs.value = agreements.other_value
    where ours.value_limit is null
        and theirs.value_limit is null
        and ours.value <> theirs.value
        and agreements.value is null
    group by ends.heard_cluster, ends.other_heard_cluster, ours.value_type
)

select
    refused.record_key,
    refused.id_type,
    refused.id_value,
    refused.cluster,
    refused.other_cluster,
    conflicts.value_type as conflict_type,
    conflicts.conflicting_values,
    conflicts.other_conflicting_values
from refused
inner join conflicts
    on refused.heard_cluster = conflicts.heard_cluster
        and refused.other_heard_cluster = conflicts.other_heard_cluster
union all
select
    record_key,
    id_type,
    id_value,
    cluster,
    other_cluster,
    'person' as conflict_type,
    cast(null as {{ dbt.type_string() }}) as conflicting_values,
    cast(null as {{ dbt.type_string() }}) as other_conflicting_values
from refused
where heard_cluster = other_heard_cluster
