-- Grain: one conversion: a person who reached a stage in a cycle, or a deal that was opened or won.
-- Nothing is credited before persons, their records and their stages have passed their checks:
-- depends_on: {{ ref('person') }}
-- depends_on: {{ ref('person_xref') }}
-- depends_on: {{ ref('lifecycle_current') }}
with rules as (
    select * from {{ ref('policy_conversion') }}
),

stages as (
    select subject_id as person_id, to_stage as stage, cycle_no, min(entered_at) as converted_at
    from {{ ref('lifecycle_history') }}
    where subject_type = 'person'
    group by subject_id, to_stage, cycle_no
),

{{ employers() }},

employed as (
    select
        stages.*,
        employers.account_id,
        row_number() over (
            partition by stages.person_id, stages.stage, stages.cycle_no
            order by employers.is_primary desc nulls last, employers.account_id
        ) as place
    from stages
    left join employers
        on stages.person_id = employers.person_id
            and {{ holds_at('employers', 'stages.converted_at') }}
),

deals as (
    select 'opportunity_created' as happens_at, created_at as converted_at, opportunity.*
    from {{ ref('opportunity') }} as opportunity
    where not is_deleted
    union all
    select 'opportunity_won', closed_at, opportunity.*
    from {{ ref('opportunity') }} as opportunity
    where not is_deleted and is_won
),

conversions as (
    select
        rules.conversion_type,
        rules.window_days,
        rules.once_per_campaign_day,
        employed.person_id || ':' || cast(employed.cycle_no as {{ dbt.type_string() }}) as subject,
        employed.person_id,
        employed.account_id,
        cast(null as {{ dbt.type_string() }}) as opportunity_id,
        employed.converted_at,
        cast(null as {{ dbt.type_timestamp() }}) as opportunity_created_at,
        cast(null as decimal(18, 2)) as amount,
        cast(null as {{ dbt.type_string() }}) as currency
    from employed
    inner join rules
        on rules.happens_at = 'stage'
            and employed.stage = rules.stage
            and {{ in_force('rules', 'employed.converted_at') }}
    where employed.place = 1
    union all
    select
        rules.conversion_type,
        rules.window_days,
        rules.once_per_campaign_day,
        deals.opportunity_id,
        deals.primary_person_id,
        deals.account_id,
        deals.opportunity_id,
        deals.converted_at,
        deals.created_at,
        case when deals.currency is not null then deals.amount end,
        case when deals.amount is not null then deals.currency end
    from deals
    inner join rules
        on deals.happens_at = rules.happens_at
            and (rules.opportunity_type is null or deals.type = rules.opportunity_type)
            and {{ in_force('rules', 'deals.converted_at') }}
)

select
    {{ surrogate_key('cnv', ['conversion_type', 'subject']) }} as conversion_id,
    conversion_type,
    person_id,
    account_id,
    opportunity_id,
    converted_at,
    opportunity_created_at,
    amount,
    currency,
    window_days,
    once_per_campaign_day,
    '{{ var("contract_version") }}' as _contract_version
from conversions
