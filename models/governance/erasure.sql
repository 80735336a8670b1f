-- Grain: one request of erasure that was carried out.
with requests as (
    select * from {{ erasure_ledger('request') }}
)

select
    request_id,
    cast(erased_at as {{ dbt.type_timestamp() }}) as erased_at,
    reason,
    requested_by,
    nullif(person_ids, '') as person_ids,
    cast(identifier_count as {{ dbt.type_int() }}) as identifier_count,
    nullif(holds, '') as holds,
    scope,
    '{{ var("contract_version") }}' as _contract_version
from requests
