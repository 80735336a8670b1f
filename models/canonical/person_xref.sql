-- Grain: one source record of a person, in its current version.
with members as (
    select * from {{ ref('int_person__members') }}
),

records as (
    select * from {{ ref('int_person__checked') }}
    where is_current
)

select
    records.source_system,
    records.source_record_id,
    records.source_object,
    members.person_id,
    members.match_tier,
    members.rule_id,
    records.created_at as valid_from,
    records.is_deleted,
    records._loaded_at,
    '{{ var("contract_version") }}' as _contract_version
from records
inner join members
    on records.record_key = members.record_key
