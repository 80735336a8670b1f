-- Grain: one reason of the last build to put two records together that this build looks at again.
-- Pairs are few: they are looked at in each build.
-- depends_on: {{ ref('int_identity__pairs') }} may change where nothing else does.
select edges.node_a, edges.node_b, edges.id_type, edges.id_value
from {{ rows_last_built(
    'int_identity__edges', ['node_a', 'node_b', 'id_type', 'id_value']) }} as edges
left join {{ ref('int_identifier__rejudged') }} as rejudged
    on edges.id_type = rejudged.id_type and edges.id_value = rejudged.id_value
where rejudged.id_value is not null or edges.id_value = 'pair'
