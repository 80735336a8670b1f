-- Grain: one column of one of the core tables.
with counted as (
    {{ published_columns_counted([
        ref('person'), ref('account'), ref('event'), ref('opportunity'), ref('activity'),
        ref('consent_event'),
    ]) }}
),

fields as (
    select * from {{ ref('contract_field') }}
)

select
    counted.table_name,
    counted.column_name,
    cast(counted.row_count as {{ dbt.type_bigint() }}) as row_count,
    cast(counted.filled_count as {{ dbt.type_bigint() }}) as filled_count,
    1.0 * counted.filled_count / nullif(counted.row_count, 0) as completeness,
    fields.min_completeness,
    coalesce(
        counted.filled_count >= fields.min_completeness * counted.row_count, true
    ) as is_complete,
    fields.business_owner,
    '{{ var("contract_version") }}' as _contract_version
from counted
left join fields
    on counted.table_name || '.' || counted.column_name = fields.field_id
