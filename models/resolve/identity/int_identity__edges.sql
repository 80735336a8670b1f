-- Grain: one reason to put two records together; a record without any is an edge to itself.
-- depends_on: {{ ref('int_identity__edges_changed') }} reads this table as the last build left it.
{{ config(
    materialized='incremental',
    incremental_strategy='append',
    on_schema_change='fail',
    unpacked=['node_b'],
    pre_hook="{{ forget_replaced(
        ref('int_identity__edges_changed'),
        ['identifier_key', 'id_type', 'node_a', 'node_b'],
        \"change = 'replaced'\") }}",
) }}

select node_a, node_b, id_type, id_value, identifier_key
from {{ ref('int_identity__edges_changed') }}
where change = 'written'
