{# CTEs: which standing id each cluster keeps. An id goes where most of its records are; of the ids
   that come to one cluster, the one that brings most records stays, then the oldest, then the smallest.
   How old an id is counts where two come to one cluster, and is looked for there alone. Reads the CTEs
   `standing` and `clusters`; leaves `survivors` (cluster, person_id). #}
{% macro registry_survivors() -%}
shares as (
    select
        standing.person_id,
        clusters.cluster,
        count(*) as record_count,
        min(standing.record_key) as first_record_key
    from standing
    inner join clusters
        on standing.record_key = clusters.record_key
    group by standing.person_id, clusters.cluster
),

ranked_homes as (
    select
        person_id,
        cluster,
        record_count,
        row_number() over (partition by person_id order by record_count desc, first_record_key) as place
    from shares
),

homes as (
    select person_id, cluster, record_count, count(*) over (partition by cluster) as rival_count
    from ranked_homes
    where place = 1
),

births as (
    select registry.person_id, min(registry.from_run) as first_run
    from {{ registry_standing() }} as registry
    inner join homes
        on registry.person_id = homes.person_id
    where homes.rival_count > 1
    group by registry.person_id
),

ranked_survivors as (
    select
        homes.cluster,
        homes.person_id,
        row_number() over (
            partition by homes.cluster
            order by homes.record_count desc, births.first_run, homes.person_id
        ) as place
    from homes
    left join births
        on homes.person_id = births.person_id
),

survivors as (
    select cluster, person_id from ranked_survivors
    where place = 1
)
{%- endmacro %}
