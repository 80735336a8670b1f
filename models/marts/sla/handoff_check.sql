-- Grain: one handoff, held against the conditions of policy_handoff.
with handoffs as (
    select * from {{ ref('lead_handoff') }}
    where superseded_by is null
),

verdicts as (
    select
        handoffs.handoff_id,
        qualification.verdict,
        row_number() over (
            partition by handoffs.handoff_id
            order by qualification.qualified_at desc, qualification.definition_id
        ) as verdict_number
    from handoffs
    inner join {{ ref('qualification') }} as qualification
        on handoffs.person_id = qualification.person_id
            and qualification.qualified_at <= handoffs.handed_at
    where qualification.stage = 'mql' and qualification.is_selected
),

clocks as (
    select subject_id as handoff_id, owner_id, state
    from {{ ref('sla_instance') }}
    where policy_id = 'mql_first_response'
),

-- What each condition lacks; null where it is met.
conditions as (
    select
        handoffs.*,
        payloads.segment,
        payloads.country,
        clocks.owner_id,
        clocks.state as response_state,
        case when handoffs._qualified_record not like 'definition:%' then
            nullif(coalesce(verdicts.verdict, 'never judged'), 'qualified')
        end as score_lack,
        case when payloads.job_title is null then 'job_title' end as job_title_lack,
        case when payloads.company is null then 'company' end as company_lack,
        case when payloads.country is null then 'country' end as country_lack,
        case when not (payloads.has_email or payloads.has_phone) then 'contact_point' end
            as contact_point_lack,
        case when payloads.engagement_count = 0 then 'engagement' end as engagement_lack,
        nullif(payloads.consent_state, 'allowed') as consent_lack,
        case when payloads.acquisition_source_id is null then 'unknown' end as source_lack,
        case
            when clocks.handoff_id is null then 'no clock'
            when clocks.owner_id is null then 'no owner'
        end as service_level_lack
    from handoffs
    inner join {{ ref('handoff_payload') }} as payloads
        on handoffs.handoff_id = payloads.handoff_id
    left join verdicts
        on handoffs.handoff_id = verdicts.handoff_id
            and verdicts.verdict_number = 1
    left join clocks
        on handoffs.handoff_id = clocks.handoff_id
),

lacks as (
    {{ handoff_lacks('conditions') }}
),

-- Only conditions that were agreed on the day of the handoff count.
required as (
    select
        lacks.handoff_id,
        max(case when lacks.rule_id = 'score' then lacks.lack end) as score_reason,
        {{ ordered_list("case when lacks.rule_id in ('job_title', 'company', 'country',
            'contact_point', 'engagement') then lacks.lack end") }} as fields_reason,
        max(case when lacks.rule_id = 'consent' then lacks.lack end) as consent_reason,
        max(case when lacks.rule_id = 'source' then lacks.lack end) as source_reason,
        max(case when lacks.rule_id = 'service_level' then lacks.lack end) as service_level_reason
    from lacks
    inner join {{ ref('policy_handoff') }} as policy
        on lacks.rule_id = policy.rule_id
            and {{ in_force('policy', 'lacks.handed_at') }}
    group by lacks.handoff_id
)

select
    conditions.handoff_id,
    conditions.person_id,
    conditions.account_id,
    conditions.owner_id,
    conditions.segment,
    coalesce(conditions.country, 'unknown') as country,
    conditions.handed_at,
    conditions.status,
    conditions.reason,
    conditions.decided_at,
    coalesce(conditions.response_state, 'none') as response_state,
    required.score_reason is null as has_score,
    required.score_reason,
    required.fields_reason is null as has_fields,
    required.fields_reason as missing_fields,
    required.consent_reason is null as has_consent,
    required.consent_reason,
    required.source_reason is null as has_source,
    required.source_reason,
    required.service_level_reason is null as has_service_level,
    required.service_level_reason,
    coalesce(
        required.score_reason, required.fields_reason, required.consent_reason,
        required.source_reason, required.service_level_reason
    ) is null as is_eligible,
    '{{ var("contract_version") }}' as _contract_version
from conditions
left join required
    on conditions.handoff_id = required.handoff_id
