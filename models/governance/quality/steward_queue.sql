-- Grain: one thing for one owner to look at.
with held as (
    select
        business_owner,
        'quarantine' as topic,
        connector || '.' || source_object || ': ' || reason_codes as subject,
        min(next_step) as next_step,
        count(*) as row_count,
        max(days_held) as days_waiting
    from {{ ref('quarantine') }}
    where review_status = 'open'
    group by business_owner, connector, source_object, reason_codes
),

alerts as (
    select
        business_owner,
        'alert' as topic,
        message as subject,
        next_step,
        1 as row_count,
        0 as days_waiting
    from {{ ref('quality_alert') }}
    where severity <> 'info' and not is_waived
),

gaps as (
    select
        business_owner,
        'contract' as topic,
        gap as subject,
        min(message) as next_step,
        count(*) as row_count,
        0 as days_waiting
    from {{ ref('contract_gap') }}
    where not is_waived
    group by business_owner, gap
),

overdue as (
    select
        owner as business_owner,
        'review' as topic,
        review as subject,
        'Hold it, and write its day into seeds/policy/policy_review.csv.' as next_step,
        1 as row_count,
        {{ dbt.datediff('last_reviewed_on', as_of(), 'day') }} - every_days as days_waiting
    from {{ ref('policy_review') }} as policy
    where {{ in_force('policy') }}
        and {{ dbt.datediff('last_reviewed_on', as_of(), 'day') }} > every_days
),

everything as (
    select * from held
    union all
    select * from overdue
    union all
    select * from alerts
    union all
    select * from gaps
)

select
    coalesce(business_owner, 'data_team') as business_owner,
    topic,
    subject,
    min(next_step) as next_step,
    cast(sum(row_count) as {{ dbt.type_bigint() }}) as row_count,
    cast(max(days_waiting) as {{ dbt.type_bigint() }}) as days_waiting,
    '{{ var("contract_version") }}' as _contract_version
from everything
group by coalesce(business_owner, 'data_team'), topic, subject
