-- Grain: one reason to put two nodes together that the guards refused, for each limit that it would
-- have broken, with both sides' values.
with admitted as (
    select node, cluster from {{ ref('int_identity__admitted') }}
),

refused as (
    select
        disputed.record_key,
        disputed.id_type,
        disputed.id_value,
        left_side.cluster,
        right_side.cluster as other_cluster
    from {{ ref('int_identity__disputed') }} as disputed
    inner join admitted as left_side
        on disputed.node_a = left_side.node
    inner join admitted as right_side
        on disputed.node_b = right_side.node
    where left_side.cluster <> right_side.cluster
),

held as (
    select distinct
        admitted.cluster,
        contested.value_type,
        contested.value,
        contested.value_limit
    from {{ ref('int_identity__contested') }} as contested
    inner join admitted
        on contested.record_key = admitted.node
),

ends as (
    select distinct cluster, other_cluster from refused
),

both_sides as (
    select
        ends.cluster,
        ends.other_cluster,
        held.value_type,
        held.value,
        held.value_limit,
        held.value as left_value,
        cast(null as {{ dbt.type_string() }}) as right_value
    from ends
    inner join held
        on ends.cluster = held.cluster
    union all
    select
        ends.cluster,
        ends.other_cluster,
        held.value_type,
        held.value,
        held.value_limit,
        cast(null as {{ dbt.type_string() }}) as left_value,
        held.value as right_value
    from ends
    inner join held
        on ends.other_cluster = held.cluster
),

conflicts as (
    select
        cluster,
        other_cluster,
        value_type,
        {{ ordered_list('left_value', 'left_value') }} as conflicting_values,
        {{ ordered_list('right_value', 'right_value') }} as other_conflicting_values
    from both_sides
    group by cluster, other_cluster, value_type
    having count(distinct value) > min(value_limit)
),

explained as (
    select
        refused.*,
        conflicts.value_type as conflict_type,
        conflicts.conflicting_values,
        conflicts.other_conflicting_values
    from refused
    inner join conflicts
        on refused.cluster = conflicts.cluster and refused.other_cluster = conflicts.other_cluster
)

select * from explained
