-- Grain: one erased person and one reason for which some of their fields are kept.
with held as (
    select * from {{ erasure_ledger('field') }}
)

select
    request_id,
    person_id,
    hold,
    cast(nullif(held_until, '') as date) as held_until,
    hold_reason,
    {%- for column in [
        'first_name', 'last_name', 'email', 'phone', 'street', 'city', 'region', 'postcode',
    ] %}
    nullif({{ column }}, '') as {{ column }}{{ ',' if not loop.last }}
    {%- endfor %}
from held
where nullif(held_until, '') is null or cast(held_until as date) > cast({{ as_of() }} as date)
