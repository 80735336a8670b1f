-- Grain: one change of a person's lead status or owner.
with changes as (
    select *, subject_id as person_id from {{ ref('int_lead_work__changes') }}
    where subject_type = 'person'
),

-- What repeats the value that already stood there, as a second record of the person does, is none.
compared as (
    select
        *,
        lag(value) over (
            partition by person_id, field
            order by changed_at, source_system, source_record_id
        ) as value_before,
        row_number() over (
            partition by person_id, field
            order by changed_at, source_system, source_record_id
        ) as change_number
    from changes
),

numbered as (
    select
        *,
        row_number() over (
            partition by person_id, field
            order by changed_at, source_system, source_record_id
        ) as seq
    from compared
    where change_number = 1 or coalesce(value, '') <> coalesce(value_before, '')
)

select
    person_id,
    field,
    cast(seq as {{ dbt.type_int() }}) as seq,
    value,
    changed_at,
    lead(changed_at) over (partition by person_id, field order by seq) as replaced_at,
    is_automated,
    source_system as _source_system,
    source_record_id as _source_record_id,
    _loaded_at,
    '{{ var("contract_version") }}' as _contract_version
from numbered
