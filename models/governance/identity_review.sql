-- Grain: one reason to take two records for one person that was refused, for each limit it would
-- break, for people to review.
with reviews as (
    select * from {{ ref('int_identity__reviews') }}
)

select
    identity_review_id,
    reason,
    source_system,
    source_record_id,
    person_id,
    other_person_id,
    cast(person_count as {{ dbt.type_bigint() }}) as person_count,
    id_type,
    id_value,
    conflict_type,
    conflicting_values,
    other_conflicting_values,
    '{{ var("contract_version") }}' as _contract_version
from reviews
