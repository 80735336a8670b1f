-- Grain: one person in one role on one opportunity.
with contacts as (
    select * from {{ ref('int_opportunity__contacts') }}
)

select
    opportunity_id,
    person_id,
    role,
    is_primary_contact as is_primary,
    source_system as _source_system,
    source_record_id as _source_record_id,
    _loaded_at,
    '{{ var("contract_version") }}' as _contract_version
from contacts
