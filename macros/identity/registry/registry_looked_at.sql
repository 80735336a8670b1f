{# CTEs: the clusters that the registry looks at, which were written anew or hold a record without a person,
   and what stands in it of their records and of those that are in no cluster any more. Reads the CTE
   `registry`; leaves `clusters` and `standing`. #}
{% macro registry_looked_at() -%}
held as (
    select
        clusters.record_key,
        clusters.cluster,
        clusters.root_record_key,
        registered.record_key as registered_key,
        registered.person_id,
        registered.from_run,
        registered.from_at,
        reclustered.record_key is not null or registered.record_key is null as is_open
    from {{ ref('int_identity__clusters') }} as clusters
    full outer join (select * from registry where to_run is null) as registered
        on clusters.record_key = registered.record_key
    left join {{ ref('int_identity__reclustered') }} as reclustered
        on clusters.record_key = reclustered.record_key
),

open_clusters as (
    select distinct cluster from held
    where is_open
),

clusters as (
    select held.record_key, held.cluster, held.root_record_key
    from held
    inner join open_clusters
        on held.cluster = open_clusters.cluster
),

standing as (
    select
        held.registered_key as record_key,
        held.person_id,
        held.from_run,
        held.from_at
    from held
    left join open_clusters
        on held.cluster = open_clusters.cluster
    where held.registered_key is not null
        and (held.cluster is null or open_clusters.cluster is not null)
)
{%- endmacro %}
