-- A person has one handoff a cycle; every other points to it and is cancelled (I12), and none is handed
-- over before it was qualified (I10), but for what our definition found and a system's word overtook. If
-- this fails, look at the person in lifecycle_history.
with handoffs as (
    select * from {{ ref('lead_handoff') }}
),

qualified as (
    select subject_id as person_id, cycle_no, min(entered_at) as qualified_at
    from {{ ref('lifecycle_history') }}
    where subject_type = 'person' and to_stage = 'mql'
    group by subject_id, cycle_no
)

select 'two in one cycle' as finding, person_id, cycle_no, count(*) as row_count
from handoffs
where superseded_by is null
group by person_id, cycle_no
having count(*) > 1
union all
select 'points to none that is kept', others.person_id, others.cycle_no, count(*)
from handoffs as others
left join handoffs as kept
    on others.superseded_by = kept.handoff_id
        and others.person_id = kept.person_id
        and others.cycle_no = kept.cycle_no
        and kept.superseded_by is null
where others.superseded_by is not null and kept.handoff_id is null
group by others.person_id, others.cycle_no
union all
select 'handed over before it was qualified', handoffs.person_id, handoffs.cycle_no, count(*)
from handoffs
left join qualified
    on handoffs.person_id = qualified.person_id
        and handoffs.cycle_no = qualified.cycle_no
        and handoffs.handed_at >= qualified.qualified_at
where qualified.person_id is null
    and not (handoffs.status = 'cancelled' and handoffs._qualified_record like 'definition:%')
group by handoffs.person_id, handoffs.cycle_no
