{# CTEs: which ended id a cluster without a survivor takes up again. More than half of the records that
   the id had at its end must be in the cluster, so that no two clusters can ask for one id. Reads the
   CTEs of registry_survivors; leaves `orphans` and `revivals` (cluster, person_id). #}
{% macro registry_revivals() -%}
orphans as (
    select clusters.*
    from clusters
    left join survivors
        on clusters.cluster = survivors.cluster
    where survivors.cluster is null
),

ended as (
    select person_id, min(from_run) as first_run, max(to_run) as last_run
    from {{ registry_standing() }} as registry
    where person_id in (
        select theirs.person_id
        from {{ registry_standing() }} as theirs
        inner join orphans
            on theirs.record_key = orphans.record_key
        where theirs.to_run is not null
    )
    group by person_id
    having count(*) = count(to_run)
),

last_members as (
    select
        registry.person_id,
        registry.record_key,
        ended.first_run,
        count(*) over (partition by registry.person_id) as member_count
    from {{ registry_standing() }} as registry
    inner join ended
        on registry.person_id = ended.person_id and registry.to_run = ended.last_run
),

ranked_returns as (
    select
        orphans.cluster,
        last_members.person_id,
        row_number() over (
            partition by orphans.cluster
            order by count(*) desc, last_members.first_run, last_members.person_id
        ) as place
    from orphans
    inner join last_members
        on orphans.record_key = last_members.record_key
    group by
        orphans.cluster, last_members.person_id,
        last_members.first_run, last_members.member_count
    having 2 * count(*) > last_members.member_count
),

revivals as (
    select cluster, person_id from ranked_returns
    where place = 1
)
{%- endmacro %}
