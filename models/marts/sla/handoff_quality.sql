-- Grain: one month, segment, routing rule, quality and handling of handed-over leads.
with checks as (
    select * from {{ ref('handoff_check') }}
),

decisions as (
    select handoff_id, rule_id
    from {{ ref('routing_decision') }}
    where is_decision
),

-- Quality is what marketing owes, handling what sales owes: a leak has one of the two, or both.
sorted as (
    select
        cast({{ dbt.date_trunc('month', 'checks.handed_at') }} as date) as month_start,
        checks.segment,
        coalesce(decisions.rule_id, 'none') as rule_id,
        case when checks.is_eligible then 'conforming' else 'lacking' end as quality,
        case
            when checks.response_state = 'met' then 'in time'
            when checks.response_state = 'breached' then 'late'
            when checks.response_state = 'breached_open' then 'not done'
            else 'running'
        end as handling,
        checks.status,
        handoffs.opportunity_at
    from checks
    inner join {{ ref('lead_handoff') }} as handoffs
        on checks.handoff_id = handoffs.handoff_id
    left join decisions
        on checks.handoff_id = decisions.handoff_id
)

select
    month_start,
    segment,
    rule_id,
    quality,
    handling,
    cast(count(*) as {{ dbt.type_int() }}) as handed_count,
    cast(sum(case when status = 'accepted' then 1 else 0 end) as {{ dbt.type_int() }})
        as accepted_count,
    cast(sum(case when status = 'rejected' then 1 else 0 end) as {{ dbt.type_int() }})
        as rejected_count,
    cast(sum(case when status = 'recycled' then 1 else 0 end) as {{ dbt.type_int() }})
        as recycled_count,
    cast(sum(case when status = 'pending' then 1 else 0 end) as {{ dbt.type_int() }})
        as pending_count,
    cast(sum(case when status = 'cancelled' then 1 else 0 end) as {{ dbt.type_int() }})
        as cancelled_count,
    cast(count(opportunity_at) as {{ dbt.type_int() }}) as opportunity_count,
    '{{ var("contract_version") }}' as _contract_version
from sorted
group by month_start, segment, rule_id, quality, handling
