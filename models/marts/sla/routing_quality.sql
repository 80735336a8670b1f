-- Grain: one rule that decided where leads go, in one month.
with decisions as (
    select
        decisions.*,
        cast({{ dbt.date_trunc('month', 'decisions.decided_at') }} as date) as month_start
    from {{ ref('routing_decision') }} as decisions
    where decisions.is_decision
),

tries as (
    select handoff_id, max(try_no) as try_count
    from {{ ref('routing_decision') }}
    group by handoff_id
),

assignments as (
    select
        handoff_id,
        max(case when seq = 1 then owner_id end) as first_owner_id,
        max(seq) as owner_count
    from {{ ref('handoff_assignment') }}
    group by handoff_id
),

handoffs as (
    select * from {{ ref('lead_handoff') }}
)

select
    decisions.month_start,
    decisions.rule_id,
    cast(count(*) as {{ dbt.type_int() }}) as lead_count,
    cast(sum(case when decisions.owner_id is null then 1 else 0 end) as {{ dbt.type_int() }})
        as ownerless_count,
    cast(sum(case when decisions.owner_id = assignments.first_owner_id then 1 else 0 end)
        as {{ dbt.type_int() }}) as followed_count,
    cast(sum(case when assignments.owner_count > 1 then 1 else 0 end) as {{ dbt.type_int() }})
        as reassigned_count,
    cast(sum(case when handoffs.status = 'accepted' then 1 else 0 end) as {{ dbt.type_int() }})
        as accepted_count,
    cast(round(avg(1.0 * tries.try_count), 2) as decimal(9, 2)) as mean_tries,
    '{{ var("contract_version") }}' as _contract_version
from decisions
inner join tries
    on decisions.handoff_id = tries.handoff_id
inner join assignments
    on decisions.handoff_id = assignments.handoff_id
inner join handoffs
    on decisions.handoff_id = handoffs.handoff_id
group by decisions.month_start, decisions.rule_id
