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
        subject_id as person_id, cycle_no, qualified_at,
        max(entered_at) as last_entered_at,
        min(case when stage_rank >= 40 and entered_at >= qualified_at then entered_at end)
            as accepted_at,
        min(case when stage_rank >= 60 and entered_at >= qualified_at then entered_at end)
            as opportunity_at,
        min(case when to_stage = 'disqualified' and entered_at >= qualified_at then entered_at end)
            as first_rejected_at,
        max(case when to_stage = 'disqualified' then entered_at end) as rejected_at,
        max(case when to_stage = 'disqualified' then reason end) as rejection_reason,
        lead(min(entered_at)) over (partition by subject_id order by cycle_no) as recycled_at,
        lead(max(case when transition_type = 'recycle' then reason end))
            over (partition by subject_id order by cycle_no) as next_recycling_reason
    from stays
    group by subject_id, cycle_no, qualified_at
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
        cycles.person_id, cycles.cycle_no, qualified_records.record_key,
        min(qualified_records.qualified_at) as handed_at
    from cycles
    inner join qualified_records
        on cycles.person_id = qualified_records.person_id
            and cycles.qualified_at <= qualified_records.qualified_at
            and coalesce(qualified_records.qualified_at < cycles.recycled_at, true)
    group by cycles.person_id, cycles.cycle_no, qualified_records.record_key
),

-- Of several records of one person the first keeps the handoff; the others point to it.
named as (
    select
        *,
        {{ handoff_key('record_key', 'handed_at') }} as handoff_id,
        first_value({{ handoff_key('record_key', 'handed_at') }}) over (
            partition by person_id, cycle_no order by handed_at, record_key
        ) as kept_handoff_id,
        row_number() over (partition by person_id, cycle_no order by handed_at, record_key) > 1
            as is_superseded
    from handoffs
),

judged as (
    select
        named.*,
        cycles.accepted_at, cycles.rejected_at, cycles.first_rejected_at, cycles.recycled_at,
        cycles.opportunity_at, cycles.rejection_reason, cycles.next_recycling_reason,
        profiles.account_id,
        case
            when is_superseded then 'cancelled'
            when cycles.accepted_at is not null then 'accepted'
            when cycles.recycled_at is not null then 'recycled'
            when cycles.rejected_at = cycles.last_entered_at then 'rejected'
            when persons.status <> 'live' then 'cancelled'
            else 'pending'
        end as status
    from named
    inner join cycles
        on named.person_id = cycles.person_id and named.cycle_no = cycles.cycle_no
    inner join {{ ref('person') }} as persons on named.person_id = persons.person_id
    left join {{ ref('lead_profile') }} as profiles
        on named.person_id = profiles.person_id and {{ holds_at('profiles', 'named.handed_at') }}
)

select
    handoff_id, person_id, cycle_no, account_id, handed_at, status,
    case status
        when 'accepted' then accepted_at
        when 'rejected' then rejected_at
        when 'recycled' then recycled_at
    end as decided_at,
    case when not is_superseded then
        {{ least_of(['accepted_at', 'first_rejected_at', 'recycled_at']) }}
    end as first_decided_at,
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
