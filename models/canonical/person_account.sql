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
    is_primary,
    method,
    source_systems as _source_systems,
    loaded_at as _loaded_at,
    '{{ var("contract_version") }}' as _contract_version
from relations
