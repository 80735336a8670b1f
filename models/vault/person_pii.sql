-- Grain: one person with a live record.
with persons as (
    select * from {{ ref('int_person__resolved') }}
    where live_record_count > 0
)

select
    person_id,
    email,
    {{ keyed_hash('email') }} as email_key,
    phone,
    first_name,
    last_name,
    street,
    city,
    region,
    postcode,
    cast(date_of_birth as date) as date_of_birth,
    loaded_at as _loaded_at,
    '{{ var("contract_version") }}' as _contract_version
from persons
