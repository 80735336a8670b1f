-- Grain: one column of a raw object: declared, or found undeclared in the export.
with counted as (
    {{ source_columns_counted() }}
),

found as (
    select
        connector,
        source_object,
        column_name,
        case
            when min(status) = 'declared' and max(status) = 'missing_optional'
                then 'declared_in_part'
            else min(status)
        end as status
    from {{ ref('export_column') }}
    where status not in ('unread_file', 'unread_folder', 'earlier_file')
    group by connector, source_object, column_name
),

balance as (
    select * from {{ ref('reconciliation') }}
)

select
    coalesce(found.connector, counted.connector) as connector,
    coalesce(found.source_object, counted.source_object) as source_object,
    coalesce(found.column_name, counted.column_name) as column_name,
    coalesce(found.status, 'no_export') as status,
    cast(coalesce(counted.row_count, balance.rows_in, 0) as {{ dbt.type_bigint() }}) as row_count,
    cast(counted.filled_count as {{ dbt.type_bigint() }}) as filled_count,
    cast(counted.unreadable_count as {{ dbt.type_bigint() }}) as unreadable_count,
    counted.newest_loaded_at,
    '{{ var("contract_version") }}' as _contract_version
from found
full outer join counted
    on found.connector = counted.connector
        and found.source_object = counted.source_object
        and found.column_name = counted.column_name
left join balance
    on coalesce(found.connector, counted.connector) = balance.connector
        and coalesce(found.source_object, counted.source_object) = balance.source_object
