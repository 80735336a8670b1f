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
        0 as days_waiting,
        severity = 'error' as is_error
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

owners as (
    select * from {{ ref('policy_owner') }} as policy
    where {{ in_force('policy') }}
),

everything as (
    select *, false as is_error from held
    union all
    select *, false as is_error from overdue
    union all
    select * from alerts
    union all
    select *, false as is_error from gaps
),

queue as (
    select
        coalesce(business_owner, 'data_team') as business_owner,
        topic,
        subject,
        min(next_step) as next_step,
        sum(row_count) as row_count,
        max(days_waiting) as days_waiting,
        max(case when is_error then 1 else 0 end) as is_error
    from everything
    group by coalesce(business_owner, 'data_team'), topic, subject
)

select
    queue.business_owner,
    queue.topic,
    queue.subject,
    queue.next_step,
    cast(queue.row_count as {{ dbt.type_bigint() }}) as row_count,
    cast(queue.days_waiting as {{ dbt.type_bigint() }}) as days_waiting,
    case
        when queue.is_error = 1 or queue.days_waiting > owners.after_days then owners.escalates_to
    end as escalated_to,
    '{{ var("contract_version") }}' as _contract_version
from queue
left join owners
    on queue.business_owner = owners.owner
