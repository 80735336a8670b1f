-- Grain: one field that the contract describes: a published column, or a raw column of an export.
with fields as (
    {{ contract_fields() }}
)

select
    field_id,
    kind,
    table_name,
    column_name,
    data_type,
    definition,
    business_owner,
    steward,
    source_of_truth,
    refresh_cadence,
    pii,
    workflow,
    maps_to,
    allowed_values,
    format,
    is_required,
    min_completeness,
    '{{ var("contract_version") }}' as _contract_version
from fields
