-- Grain: one person or account with a lifecycle.
with moves as (
    select * from {{ ref('int_lifecycle__moves') }}
),

last_moves as (
    select * from moves
    where exited_at is null
),

milestones as (
    select
        moves.subject_type,
        moves.subject_id,
        min(case when moves.stage = 'mql' then moves.changed_at end) as first_mql_at,
        min(case when moves.stage = 'mql' and moves.cycle_no = last_moves.cycle_no
            then moves.changed_at end) as mql_at,
        min(case when moves.stage = 'sql' and moves.cycle_no = last_moves.cycle_no
            then moves.changed_at end) as sql_at
    from moves
    inner join last_moves
        on moves.subject_type = last_moves.subject_type
            and moves.subject_id = last_moves.subject_id
    group by moves.subject_type, moves.subject_id
),

persons as (
    select 'person' as subject_type, person_id as subject_id, lead_status
    from {{ ref('int_person__resolved') }}
)

select
    last_moves.subject_type,
    last_moves.subject_id,
    last_moves.stage,
    last_moves.stage_rank,
    last_moves.changed_at as entered_at,
    cast(last_moves.cycle_no as {{ dbt.type_int() }}) as cycle_no,
    milestones.first_mql_at,
    milestones.mql_at,
    milestones.sql_at,
    lower(persons.lead_status) as lead_status,
    case when last_moves.stage = 'disqualified' then last_moves.reason end
        as disqualification_reason,
    '{{ var("contract_version") }}' as _contract_version
from last_moves
inner join milestones
    on last_moves.subject_type = milestones.subject_type
        and last_moves.subject_id = milestones.subject_id
left join persons
    on last_moves.subject_type = persons.subject_type
        and last_moves.subject_id = persons.subject_id
