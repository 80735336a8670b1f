-- Grain: one node of a contested component with the nodes that the guards let it join.
{{ config(materialized='guarded_components') }}

with disputed as (
    select * from {{ ref('int_identity__disputed') }}
),

nodes as (
    select distinct node_a as node from disputed
),

exclusives as (
    select * from {{ ref('int_identity__exclusives') }}
)

select
    node_a,
    node_b,
    place,
    cast(null as {{ dbt.type_string() }}) as value_type,
    cast(null as {{ dbt.type_string() }}) as value,
    cast(null as {{ dbt.type_int() }}) as value_limit
from disputed
union all
select
    exclusives.record_key as node_a,
    cast(null as {{ dbt.type_string() }}) as node_b,
    cast(null as {{ dbt.type_bigint() }}) as place,
    exclusives.value_type,
    exclusives.value,
    exclusives.value_limit
from exclusives
inner join nodes
    on exclusives.record_key = nodes.node
