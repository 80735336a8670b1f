-- Grain: one person with a live record.
{{ config(
    materialized='view',
    grants={'select': env_var('CDM_MASKED_READERS', '').split()},
) }}

with persons as (
    select * from {{ ref('person_pii') }}
)

-- Enough to recognise whom one has on the telephone or in a ticket, too little to write to them.
select
    person_id,
    substr(first_name, 1, 1) || '…' as first_name,
    substr(last_name, 1, 1) || '…' as last_name,
    substr(email, 1, 1) || '…@' || nullif({{ dbt.split_part('email', "'@'", 2) }}, '') as email,
    '…' || {{ dbt.right('phone', 2) }} as phone,
    substr(postcode, 1, 2) || '…' as postcode,
    '{{ var("contract_version") }}' as _contract_version
from persons
