-- Grain: one record that marketing handed to sales, in one cycle of its person.
with stays as (
    select
        *,
        min(case when to_stage = 'mql' then entered_at end)
            over (partition by subject_id, cycle_no) as qualified_at
    from {{ ref('lifecycle_history') }}
    where subject_type = 'person' and not is_corrected
),

cycles as (
    select
        subject_id as person_id,
        cycle_no,
        qualified_at,
        min(entered_at) as began_at,
        max(entered_at) as last_entered_at,
        max(case when transition_type = 'recycle' then reason end) as recycling_reason,
        min(case when stage_rank >= 40 and entered_at >= qualified_at then entered_at end)
            as accepted_at,
        min(case when stage_rank >= 60 and entered_at >= qualified_at then entered_at end)
            as opportunity_at,
        max(case when to_stage = 'disqualified' then entered_at end) as rejected_at,
        max(case when to_stage = 'disqualified' then reason end) as rejection_reason
    from stays
    group by subject_id, cycle_no, qualified_at
),

outcomes as (
    select
        *,
        lead(began_at) over (partition by person_id order by cycle_no) as recycled_at,
        lead(recycling_reason) over (partition by person_id order by cycle_no)
            as next_recycling_reason
    from cycles
),

-- Every record that was called qualified; what our own definition finds is named after its trigger.
qualified_records as (
    select subject_id as person_id, record_key, changed_at as qualified_at
    from {{ ref('int_lifecycle__asserted') }}
    where subject_type = 'person' and stage = 'mql'
    union all
    select
        subject_id,
        'definition:' || coalesce(_source_record_id, subject_id) as record_key, entered_at
    from stays
    where to_stage = 'mql' and _source_system = 'definition'
),

handoffs as (
    select
        outcomes.person_id,
        outcomes.cycle_no,
        qualified_records.record_key,
        min(qualified_records.qualified_at) as handed_at
    from outcomes
    inner join qualified_records
        on outcomes.person_id = qualified_records.person_id
            and outcomes.qualified_at <= qualified_records.qualified_at
            and coalesce(qualified_records.qualified_at < outcomes.recycled_at, true)
    group by outcomes.person_id, outcomes.cycle_no, qualified_records.record_key
),

-- Of several records of one person the first keeps the handoff; the others point to it.
named as (
    select
        *,
        {{ handoff_key('record_key', 'handed_at') }} as handoff_id,
        first_value({{ handoff_key('record_key', 'handed_at') }}) over (
            partition by person_id, cycle_no
            order by handed_at, record_key
        ) as kept_handoff_id
    from handoffs
),

judged as (
    select
        named.*,
        outcomes.accepted_at, outcomes.rejected_at, outcomes.recycled_at, outcomes.opportunity_at,
        outcomes.rejection_reason, outcomes.next_recycling_reason,
        persons.primary_account_id as account_id,
        named.handoff_id <> named.kept_handoff_id as is_superseded,
        case
            when named.handoff_id <> named.kept_handoff_id then 'cancelled'
            when outcomes.accepted_at is not null then 'accepted'
            when outcomes.recycled_at is not null then 'recycled'
            when outcomes.rejected_at = outcomes.last_entered_at then 'rejected'
            when persons.status <> 'live' then 'cancelled'
            else 'pending'
        end as status
    from named
    inner join outcomes
        on named.person_id = outcomes.person_id and named.cycle_no = outcomes.cycle_no
    inner join {{ ref('person') }} as persons on named.person_id = persons.person_id
)

select
    handoff_id,
    person_id,
    cycle_no,
    account_id,
    handed_at,
    status,
    case status
        when 'accepted' then accepted_at
        when 'rejected' then rejected_at
        when 'recycled' then recycled_at
    end as decided_at,
    case
        when is_superseded then 'merged into another handoff'
        when status = 'cancelled' then 'the person is gone'
        when status = 'rejected' then rejection_reason
        when status = 'recycled' then next_recycling_reason
    end as reason,
    case when status = 'accepted' then opportunity_at end as opportunity_at,
    case when is_superseded then kept_handoff_id end as superseded_by,
    record_key as _qualified_record,
    '{{ var("contract_version") }}' as _contract_version
from judged
