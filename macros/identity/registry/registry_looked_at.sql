{# CTEs: the clusters that the registry looks at, and what stands in it of their records and of those that
   are in no cluster any more. Where nothing is settled that is everything. Else it is whatever
   int_identity__reclustered names, and all of a cluster that a record left, or joined from another one. Of a
   cluster that only records joined which were in none, the record that it is named after speaks for all
   that were there before. Leaves `clusters` and `standing`. #}
{% macro registry_looked_at() -%}
{%- set settled = is_anything_settled() -%}
reclustered as (
    select record_key, cluster, cluster_before from {{ ref('int_identity__reclustered') }}
),

-- What is named after an identifier has no record that could speak for it.
stirred as (
    select cluster from reclustered
    where cluster <> cluster_before or cluster like '~%'
    union
    select cluster_before as cluster from reclustered
    where cluster_before is not null and coalesce(cluster <> cluster_before, true)
),

looked_at as (
    select record_key from reclustered
    union
    select cluster as record_key from reclustered
),

clusters as (
    select standing.record_key, standing.cluster, standing.is_merged_away, standing.created_at
    from {{ ref('int_identity__clusters') }} as standing
    {%- if settled %}
    left join looked_at
        on standing.record_key = looked_at.record_key
    left join stirred
        on standing.cluster = stirred.cluster
    where looked_at.record_key is not null or stirred.cluster is not null
    {%- endif %}
),
{% if settled %}
asked as (
    select record_key from clusters
    union
    select record_key from looked_at
),
{% endif %}
standing as (
    select registry.record_key, registry.person_id, registry.from_run, registry.from_at
    from {{ registry_standing() }} as registry
    where registry.to_run is null
    {%- if settled %}
        and registry.record_key in (select record_key from asked where record_key <> '')
    {%- endif %}
)
{%- endmacro %}
