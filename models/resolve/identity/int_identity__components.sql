-- Grain: one record of a person, or one record id that was merged away, with its component.
{{ config(materialized='connected_components', incremental=true) }}

select
    edges.node_a,
    edges.node_b,
    case
        when rejudged.id_value is not null or edges.id_value = 'pair' then 'written'
        else 'stays'
    end as change
from {{ ref('int_identity__edges') }} as edges
left join {{ ref('int_identifier__rejudged') }} as rejudged
    on edges.id_type = rejudged.id_type and edges.id_value = rejudged.id_value
union all
select node_a, node_b, 'replaced' as change
from {{ ref('int_identity__edges_before') }}
