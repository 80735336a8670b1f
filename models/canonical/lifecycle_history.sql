-- Grain: one stay of a person or account in a lifecycle stage.
with moves as (
    select * from {{ ref('int_lifecycle__moves') }}
)

select
    subject_type,
    subject_id,
    cast(cycle_no as {{ dbt.type_int() }}) as cycle_no,
    cast(seq as {{ dbt.type_int() }}) as seq,
    from_stage,
    stage as to_stage,
    stage_rank,
    changed_at as entered_at,
    exited_at,
    transition_type,
    asserted_by,
    source_system as _source_system,
    source_record_id as _source_record_id,
    _loaded_at,
    '{{ var("contract_version") }}' as _contract_version
from moves
