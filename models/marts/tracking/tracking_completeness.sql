-- Grain: one month, event and campaign.
with parameters as (
    select * from {{ ref('event_parameter') }}
),

judged as (
    select
        event_id,
        max(event_name) as event_name,
        max(cast({{ dbt.date_trunc('month', 'event_at') }} as date)) as month,
        coalesce(max(campaign), '(none)') as campaign,
        count(*) as parameter_count,
        sum(case when status = 'given' then 1 else 0 end) as given_count
    from parameters
    group by event_id
),

counted as (
    select
        month,
        event_name,
        campaign,
        count(*) as event_count,
        sum(case when given_count = parameter_count then 1 else 0 end) as complete_event_count,
        sum(parameter_count) as parameter_count,
        sum(given_count) as given_count
    from judged
    group by month, event_name, campaign
)

select
    month,
    event_name,
    campaign,
    cast(event_count as {{ dbt.type_int() }}) as event_count,
    cast(complete_event_count as {{ dbt.type_int() }}) as complete_event_count,
    cast(round(1.0 * given_count / parameter_count, 6) as decimal(9, 6)) as completeness,
    '{{ var("contract_version") }}' as _contract_version
from counted
