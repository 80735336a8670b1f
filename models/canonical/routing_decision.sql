-- Grain: one rule that was tried for one handoff.
with owner_changes as (
    select * from {{ ref('int_lead_work__changes') }}
    where subject_type = 'account' and field = 'owner'
),

-- The account's owner of that moment: by the CRM's history, where it exports one, or as remembered.
leads as (
    select
        handoffs.handoff_id, handoffs.superseded_by, handoffs.handed_at,
        cast(handoffs.handed_at as date) as handed_day,
        profiles.country, profiles.employee_band,
        max({{ reasons(lead_fields().items()) }}) as lacks,
        case
            when count(owner_changes.subject_id) = 0 then profiles.account_owner_id
            else nullif({{ last_by("case when owner_changes.changed_at <= handoffs.handed_at
                then coalesce(owner_changes.value, 'nobody') end",
                ['owner_changes.changed_at', 'owner_changes.source_record_id']) }}, 'nobody')
        end as account_owner_id
    from {{ ref('lead_handoff') }} as handoffs
    inner join {{ ref('lead_profile') }} as profiles
        on handoffs.person_id = profiles.person_id
            and {{ holds_at('profiles', 'handoffs.handed_at') }}
    left join owner_changes
        on handoffs.account_id = owner_changes.subject_id
    group by
        handoffs.handoff_id, handoffs.superseded_by, handoffs.handed_at, profiles.country,
        profiles.employee_band, profiles.account_owner_id
),

-- What each rule says of each lead; a queue's rule is good while somebody of the queue is there.
tried as (
    select
        leads.*,
        rules.rule_id, rules.rule_rank, rules.method, rules.queue_id,
        {{ missing_fields('rules.required_fields', 'leads.lacks') }} as missing_fields,
        case
            when rules.method = 'fallback' then 'no_eligible_owner'
            when rules.method = 'account_owner' and leads.account_owner_id is null
                then 'no_account_owner'
            when rules.country is not null and coalesce(leads.country, '') <> rules.country
                then 'no_match'
            when rules.employee_band is not null
                and coalesce(leads.employee_band, '') <> rules.employee_band
                then 'no_match'
            when {{ missing_fields('rules.required_fields', 'leads.lacks') }} is not null
                then 'missing_fields'
            when rules.method = 'account_owner' and absences.owner_record_id is not null
                then 'owner_absent'
            when rules.method = 'account_owner' then 'taken'
            when staffed.queue_id is null then 'nobody_available'
            else 'taken'
        end as said
    from leads
    inner join {{ ref('policy_routing_rule') }} as rules
        on {{ in_force('rules', 'leads.handed_at') }}
    left join {{ ref('policy_owner_absence') }} as absences
        on leads.account_owner_id
                = {{ owner_key('absences.source_system', 'absences.owner_record_id') }}
            and {{ in_force('absences', 'leads.handed_at') }}
    left join {{ ref('int_routing__places') }} as staffed
        on leads.handed_day = staffed.handed_day
            and rules.queue_id = staffed.queue_id
            and case when rules.method = 'queue' then 1 end = staffed.place_number
),

-- A rule is tried while none before it was good.
numbered as (
    select
        *,
        row_number() over (partition by handoff_id order by rule_rank, rule_id) as rule_number,
        sum(case when said = 'taken' then 1 else 0 end) over (
            partition by handoff_id order by rule_rank, rule_id
            rows between unbounded preceding and 1 preceding
        ) as good_before
    from tried
),

queued as (
    select
        *,
        said = 'taken' and coalesce(good_before, 0) = 0 as is_choice,
        row_number() over (
            partition by queue_id, handed_day, said = 'taken' and coalesce(good_before, 0) = 0
            order by handed_at, handoff_id
        ) as place_number
    from numbered
),

placed as (
    select
        queued.*,
        case when queued.method = 'queue' then places.owner_id else queued.account_owner_id end
            as choice_owner_id,
        max(case
            when queued.is_choice and queued.method = 'queue' and places.owner_id is null then 1
            else 0 end) over (partition by queued.handoff_id) = 1 as is_full
    from queued
    left join {{ ref('int_routing__places') }} as places
        on case when queued.is_choice and queued.method = 'queue' then queued.queue_id end
                = places.queue_id
            and queued.handed_day = places.handed_day
            and queued.place_number = places.place_number
)

select
    handoff_id,
    cast(row_number() over (partition by handoff_id order by rule_number) as {{ dbt.type_int() }})
        as try_no,
    rule_id, method, queue_id,
    case when is_choice then choice_owner_id end as owner_id,
    case when is_choice and is_full then 'queue_full' else said end as outcome,
    case when said = 'missing_fields' then missing_fields end as missing_fields,
    (is_choice and not is_full) or said = 'no_eligible_owner' as is_decision,
    handed_at as decided_at,
    '{{ var("contract_version") }}' as _contract_version
from placed
-- A lead that a merge made part of another keeps its place, so that nobody behind it moves up.
where superseded_by is null
    and (coalesce(good_before, 0) = 0 or (is_full and method = 'fallback'))
