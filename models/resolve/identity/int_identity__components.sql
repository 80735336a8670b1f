-- Grain: one record of a person, or one record id that was merged away, with its component.
{{ config(
    materialized='connected_components',
    incremental=true,
    unpacked=['node', 'component'],
) }}

select node_a, node_b, 'stands' as change
from {{ ref('int_identity__edges') }}
union all
select node_a, node_b, change
from {{ ref('int_identity__edges_changed') }}
