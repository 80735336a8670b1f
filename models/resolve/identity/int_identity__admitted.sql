-- Grain: one node of a contested component with the nodes that the guards let it join.
{{ config(materialized='guarded_components', packed=false) }}

with disputed as (
    select * from {{ ref('int_identity__disputed') }}
),

nodes as (
    select distinct node_a as node from disputed
),

contested as (
    select * from {{ ref('int_identity__contested') }}
)

select
    node_a,
    node_b,
    place,
    cast(null as {{ dbt.type_string() }}) as value_type,
    cast(null as {{ dbt.type_string() }}) as value,
    cast(null as {{ dbt.type_int() }}) as value_limit,
    cast(null as {{ dbt.type_string() }}) as other_value
from disputed
union all
select
    contested.record_key as node_a,
    cast(null as {{ dbt.type_string() }}) as node_b,
    cast(null as {{ dbt.type_bigint() }}) as place,
    contested.value_type,
    contested.value,
    contested.value_limit,
    cast(null as {{ dbt.type_string() }}) as other_value
from contested
inner join nodes
    on contested.record_key = nodes.node
union all
select
    cast(null as {{ dbt.type_string() }}) as node_a,
    cast(null as {{ dbt.type_string() }}) as node_b,
    cast(null as {{ dbt.type_bigint() }}) as place,
    'first_name' as value_type,
    value,
    cast(null as {{ dbt.type_int() }}) as value_limit,
    other_value
from {{ ref('int_identity__agreements') }}
