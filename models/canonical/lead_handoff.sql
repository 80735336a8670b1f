-- Grain: one record that marketing handed to sales, in one cycle of its person.
with stays as (
    select
        *,
        min(case when to_stage = 'mql' then seq end)
            over (partition by subject_id, cycle_no) as qualified_seq
    from {{ ref('lifecycle_history') }}
    where subject_type = 'person' and not is_corrected
),

cycles as (
    select
        subject_id as person_id, cycle_no, min(entered_at) as begun_at,
        min(case when to_stage = 'mql' then entered_at end) as qualified_at,
        min(case when stage_rank >= 40 and seq > qualified_seq then entered_at end) as accepted_at,
        min(case when stage_rank >= 60 and seq > qualified_seq then entered_at end)
            as opportunity_at,
        min(case when to_stage = 'disqualified' and seq > qualified_seq then entered_at end)
            as first_rejected_at,
        max(case when to_stage = 'disqualified' then entered_at end) as rejected_at,
        max(case when to_stage = 'disqualified' then seq end) = max(seq) as is_ruled_out,
        nullif({{ last_by("case when to_stage = 'disqualified' then coalesce(reason, '') end",
            ['seq']) }}, '') as rejection_reason,
        lead(min(entered_at)) over (partition by subject_id order by cycle_no) as recycled_at,
        lead(max(case when transition_type = 'recycle' then reason end))
            over (partition by subject_id order by cycle_no) as next_recycling_reason
    from stays
    group by subject_id, cycle_no
),

qualified_records as (
    {{ qualified_records() }}
),

-- Overtaken is what our definition handed over while the person, as is known now, stood elsewhere.
handoffs as (
    select
        cycles.person_id, cycles.cycle_no, qualified_records.record_key,
        coalesce(
            min(case when asserted_at >= cycles.qualified_at then asserted_at end), min(asserted_at)
        ) as handed_at,
        count(case when asserted_at >= cycles.qualified_at then 1 end) = 0 as is_overtaken
    from cycles
    inner join qualified_records
        on cycles.person_id = qualified_records.person_id
            and asserted_at >= case when is_ours then cycles.begun_at else cycles.qualified_at end
            and coalesce(asserted_at < cycles.recycled_at, true)
    group by cycles.person_id, cycles.cycle_no, qualified_records.record_key
),

-- Of several records of one person the first keeps the handoff; the others point to it.
named as (
    select
        *,
        {{ handoff_key('record_key', 'handed_at') }} as handoff_id,
        first_value({{ handoff_key('record_key', 'handed_at') }}) over places as kept_handoff_id,
        row_number() over places > 1 as is_superseded
    from handoffs
    window places as (
        partition by person_id, cycle_no
        order by case when is_overtaken then 2 else 1 end, handed_at, record_key
    )
),

judged as (
    select
        named.*, cycles.accepted_at, cycles.rejected_at, cycles.first_rejected_at,
        cycles.recycled_at, cycles.opportunity_at, cycles.rejection_reason,
        cycles.next_recycling_reason, profiles.account_id,
        case
            when is_superseded or is_overtaken then 'cancelled'
            when cycles.accepted_at is not null then 'accepted'
            when cycles.recycled_at is not null then 'recycled'
            when cycles.is_ruled_out then 'rejected'
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
    case when not is_superseded and not is_overtaken then
        {{ least_of(['accepted_at', 'first_rejected_at', 'recycled_at']) }}
    end as first_decided_at,
    case
        when is_superseded then 'merged into another handoff'
        when is_overtaken then 'the person stood elsewhere'
        when status = 'cancelled' then 'the person is gone'
        when status = 'rejected' then rejection_reason
        when status = 'recycled' then next_recycling_reason
    end as reason,
    case when status = 'accepted' then opportunity_at end as opportunity_at,
    case when is_superseded then kept_handoff_id end as superseded_by,
    record_key as _qualified_record,
    '{{ var("contract_version") }}' as _contract_version
from judged
