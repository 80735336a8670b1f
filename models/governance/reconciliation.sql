-- Grain: one raw object of one connector.
with landed as (
    {{ landed_counts() }}
),

placed as (
    select
        connector,
        source_object,
        entity,
        disposition,
        count(*) as row_count,
        {{ row_fingerprint() }} as fingerprint
    from {{ ref('int_row__placed') }}
    where not is_derived
    group by connector, source_object, entity, disposition
),

counted as (
    select
        connector,
        source_object,
        entity,
        sum(case when disposition = 'accepted' then row_count else 0 end) as accepted,
        sum(case when disposition = 'duplicate' then row_count else 0 end) as duplicate,
        sum(case when disposition = 'quarantined' then row_count else 0 end) as quarantined,
        sum(case when disposition = 'excluded' then row_count else 0 end) as excluded,
        sum(case when disposition = 'erasure_blocked' then row_count else 0 end) as erasure_blocked,
        sum(row_count) as row_count,
        sum(fingerprint) as fingerprint
    from placed
    group by connector, source_object, entity
)

select
    coalesce(landed.connector, counted.connector) as connector,
    coalesce(landed.source_object, counted.source_object) as source_object,
    coalesce(landed.entity, counted.entity) as entity,
    cast(coalesce(landed.row_count, 0) as {{ dbt.type_bigint() }}) as rows_in,
    cast(coalesce(counted.accepted, 0) as {{ dbt.type_bigint() }}) as accepted,
    cast(coalesce(counted.duplicate, 0) as {{ dbt.type_bigint() }}) as duplicate,
    cast(coalesce(counted.quarantined, 0) as {{ dbt.type_bigint() }}) as quarantined,
    cast(coalesce(counted.excluded, 0) as {{ dbt.type_bigint() }}) as excluded,
    cast(coalesce(counted.erasure_blocked, 0) as {{ dbt.type_bigint() }}) as erasure_blocked,
    cast(coalesce(landed.row_count, 0) - coalesce(counted.row_count, 0)
        as {{ dbt.type_bigint() }}) as difference,
    coalesce(landed.fingerprint, 0) = coalesce(counted.fingerprint, 0) as is_same_rows
from landed
full outer join counted
    on landed.connector = counted.connector
        and landed.source_object = counted.source_object
        and landed.entity = counted.entity
