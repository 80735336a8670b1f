-- Grain: one stay of a record with a person, from the run that put it there to the run that took it
-- away. The memory behind every person_id: it survives --full-refresh, and docs/identity.md says
-- how to back it up. Only changes are written.
{{ config(
    materialized='incremental',
    incremental_strategy='delete+insert',
    unique_key=['record_key', 'person_id', 'from_run'],
    full_refresh=false,
    unpacked=['record_key', 'person_id'],
    on_schema_change='fail',
    post_hook=["{{ forget_erased_records() }}", "{{ settle_changes() }}"],
) }}

with {{ registry_looked_at() }},

{{ registry_survivors() }},

{{ registry_revivals() }},

numbered as (
    select
        1 + coalesce(max(coalesce(to_run, from_run)), 0) as run,
        {{ as_of() }} as run_at
    from {{ registry_standing() }} as registry
),

-- A new person is named after its oldest record; where that name was given away before, after the
-- record and the run, so that no id ever stands for somebody else.
newcomers as (
    select
        rooted.cluster,
        {{ surrogate_key('per', ['rooted.root_record_key']) }} as plain_id,
        {{ surrogate_key('per', ['rooted.root_record_key', 'numbered.run']) }} as salted_id
    from (
        select cluster, record_key, {{ root_record() }} as root_record_key from orphans
    ) as rooted
    cross join numbered
    left join revivals
        on rooted.cluster = revivals.cluster
    where revivals.cluster is null and rooted.record_key = rooted.root_record_key
),

given_before as (
    select distinct registry.person_id
    from {{ registry_standing() }} as registry
    inner join newcomers
        on registry.person_id = newcomers.plain_id
    where newcomers.plain_id <> ''
),

minted as (
    select
        newcomers.cluster,
        case
            when given_before.person_id is null then newcomers.plain_id
            else newcomers.salted_id
        end as person_id
    from newcomers
    left join given_before
        on newcomers.plain_id = given_before.person_id
),

named as (
    select cluster, person_id from survivors
    union all
    select cluster, person_id from revivals
    union all
    select cluster, person_id from minted
),

assigned as (
    select clusters.record_key, named.person_id
    from clusters
    inner join named
        on clusters.cluster = named.cluster
),

changes as (
    select
        assigned.record_key,
        assigned.person_id,
        numbered.run as from_run,
        numbered.run_at as from_at,
        cast(null as {{ dbt.type_int() }}) as to_run,
        cast(null as {{ dbt.type_timestamp() }}) as to_at
    from assigned
    cross join numbered
    left join standing
        on assigned.record_key = standing.record_key and assigned.person_id = standing.person_id
    where standing.record_key is null
    union all
    select
        standing.record_key,
        standing.person_id,
        standing.from_run,
        standing.from_at,
        numbered.run as to_run,
        numbered.run_at as to_at
    from standing
    cross join numbered
    left join assigned
        on standing.record_key = assigned.record_key and standing.person_id = assigned.person_id
    where assigned.record_key is null
)

select
    record_key,
    person_id,
    cast(from_run as {{ dbt.type_int() }}) as from_run,
    from_at,
    cast(to_run as {{ dbt.type_int() }}) as to_run,
    to_at
from changes
