-- Grain: one relation of a person to an account, from one day on.
with relations as (
    select * from {{ ref('int_person_account__relations') }}
)

select
    person_id,
    account_id,
    valid_from,
    valid_to,
    role,
    title,
    is_primary,
    method,
    source_system as _source_system,
    source_record_id as _source_record_id,
    _loaded_at,
    '{{ var("contract_version") }}' as _contract_version
from relations
