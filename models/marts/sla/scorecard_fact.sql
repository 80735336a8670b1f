-- Grain: one thing that a measure of the scorecard counts.
with checks as (
    select * from {{ ref('handoff_check') }}
),

returns as (
    select * from {{ ref('handoff_return') }}
),

-- A deal is marketing's where its person or account had been handed over before, and accepted.
handed_before as (
    select opportunities.opportunity_id, checks.segment
    from {{ ref('opportunity') }} as opportunities
    inner join checks
        on opportunities.primary_person_id = checks.person_id
            and checks.handed_at <= opportunities.created_at
    where checks.status = 'accepted'
    union all
    select opportunities.opportunity_id, checks.segment
    from {{ ref('opportunity') }} as opportunities
    inner join checks
        on opportunities.account_id = checks.account_id
            and checks.handed_at <= opportunities.created_at
    where checks.status = 'accepted'
),

sourced_deals as (
    select
        opportunities.opportunity_id, opportunities.created_at, opportunities.owner_id,
        opportunities.amount, opportunities.currency,
        min(handed_before.segment) as segment,
        count(handed_before.opportunity_id) > 0 as is_marketing_sourced
    from {{ ref('opportunity') }} as opportunities
    left join handed_before
        on opportunities.opportunity_id = handed_before.opportunity_id
    where opportunities.created_at is not null
    group by
        opportunities.opportunity_id, opportunities.created_at, opportunities.owner_id,
        opportunities.amount, opportunities.currency
),

counted as (
    select
        'conforming_mqls' as measure, handoff_id as subject_id, handed_at as happened_at,
        segment, owner_id, is_eligible as is_good,
        cast(null as decimal(18, 2)) as amount, cast(null as {{ dbt.type_string() }}) as currency
    from checks
    union all
    select 'complete_payload', handoff_id, handed_at, segment, owner_id, has_fields, null, null
    from checks
    union all
    select 'meets_definition', handoff_id, handed_at, segment, owner_id, has_score, null, null
    from checks
    union all
    select 'acceptance', handoff_id, decided_at, segment, owner_id, status = 'accepted', null, null
    from checks
    where decided_at is not null
    union all
    select
        'complete_disposition', returns.handoff_id, returns.decided_at, checks.segment,
        checks.owner_id, returns.is_disposition_complete, null, null
    from returns
    inner join checks
        on returns.handoff_id = checks.handoff_id
    union all
    select
        'no_early_return', returns.handoff_id, returns.decided_at, checks.segment,
        checks.owner_id, not returns.is_premature, null, null
    from returns
    inner join checks
        on returns.handoff_id = checks.handoff_id
    where returns.status in ('rejected', 'recycled')
    union all
    select
        clocks.policy_id, clocks.subject_id, clocks.started_at,
        checks.segment, clocks.owner_id, clocks.state = 'met', null, null
    from {{ ref('sla_instance') }} as clocks
    left join checks
        on clocks.subject_id = checks.handoff_id
    where clocks.state in ('met', 'breached', 'breached_open')
    union all
    select
        'marketing_sourced_deals', opportunity_id, created_at, segment, owner_id,
        is_marketing_sourced, amount, currency
    from sourced_deals
    union all
    select
        measure, commitment_id, cast(due_date as {{ dbt.type_timestamp() }}),
        null, null, coalesce(done_date <= due_date, false), null, null
    from {{ ref('policy_commitment') }}
    where due_date < {{ as_of() }}
)

select
    counted.measure,
    counted.subject_id,
    counted.happened_at,
    cast({{ dbt.date_trunc('week', 'counted.happened_at') }} as date) as week_start,
    cast({{ dbt.date_trunc('month', 'counted.happened_at') }} as date) as month_start,
    coalesce(counted.segment, 'unknown') as segment,
    coalesce(counted.owner_id, 'nobody') as owner_id,
    coalesce(min(teams.queue_id), 'none') as team,
    counted.is_good,
    cast(counted.amount as decimal(18, 2)) as amount,
    counted.currency,
    coalesce(levels.compliance_target, min(commitments.target)) as target,
    '{{ var("contract_version") }}' as _contract_version
from counted
left join {{ ref('policy_sla') }} as levels
    on counted.measure = levels.policy_id
        and {{ in_force('levels', 'counted.happened_at') }}
left join {{ ref('policy_commitment') }} as commitments
    on counted.measure = commitments.measure
        and {{ in_force('commitments', 'counted.happened_at') }}
left join {{ ref('policy_routing_member') }} as teams
    on counted.owner_id = {{ owner_key('teams.source_system', 'teams.owner_record_id') }}
        and {{ in_force('teams', 'counted.happened_at') }}
group by
    counted.measure, counted.subject_id, counted.happened_at, counted.segment, counted.owner_id,
    counted.is_good, counted.amount, counted.currency, levels.compliance_target
