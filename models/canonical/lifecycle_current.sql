-- Grain: one person or account with a lifecycle.
with stays as (
    select * from {{ ref('lifecycle_history') }}
),

last_stays as (
    select * from stays
    where exited_at is null
),

milestones as (
    select
        stays.subject_type,
        stays.subject_id,
        {%- for stage in ['mql', 'sql', 'customer'] %}
        min(case when stays.to_stage = '{{ stage }}' then stays.entered_at end)
            as first_{{ stage }}_at,
        {%- endfor %}
        {%- for stage in ['mql', 'sal', 'sql', 'opportunity', 'customer'] %}
        min(case when stays.to_stage = '{{ stage }}' and stays.cycle_no = last_stays.cycle_no
            then stays.entered_at end) as {{ stage }}_at{{ ',' if not loop.last }}
        {%- endfor %}
    from stays
    inner join last_stays
        on stays.subject_type = last_stays.subject_type
            and stays.subject_id = last_stays.subject_id
    where not stays.is_corrected
    group by stays.subject_type, stays.subject_id
),

persons as (
    select 'person' as subject_type, person_id as subject_id, lead_status
    from {{ ref('int_person__resolved') }}
)

select
    last_stays.subject_type,
    last_stays.subject_id,
    last_stays.to_stage as stage,
    last_stays.stage_rank,
    last_stays.entered_at,
    last_stays.cycle_no,
    milestones.first_mql_at,
    milestones.first_sql_at,
    milestones.first_customer_at,
    milestones.mql_at,
    milestones.sal_at,
    milestones.sql_at,
    milestones.opportunity_at,
    milestones.customer_at,
    lower(persons.lead_status) as lead_status,
    case
        when last_stays.to_stage = 'disqualified' then coalesce(last_stays.reason, 'not stated')
    end as disqualification_reason,
    '{{ var("contract_version") }}' as _contract_version
from last_stays
inner join milestones
    on last_stays.subject_type = milestones.subject_type
        and last_stays.subject_id = milestones.subject_id
left join persons
    on last_stays.subject_type = persons.subject_type
        and last_stays.subject_id = persons.subject_id
