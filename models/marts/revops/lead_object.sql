-- Grain: one person with a lifecycle, as the flat record that other tools know as a lead.
with touches as (
    select
        events.person_id,
        events.event_name,
        events.page_location,
        events.event_at,
        row_number() over (
            partition by events.person_id
            order by events.event_at desc, events.event_id
        ) as touches_ago
    from {{ ref('event') }} as events
    where events.person_id is not null and events.source_id is not null
),

contacts as (
    select person_id, max(attempt_at) as contacted_at
    from {{ ref('sla_response') }}
    group by person_id
)

select
    stages.subject_id as person_id,
    {{ uuid_of('stages.subject_id') }} as lead_id,
    sources.channel_group as source,
    case
        when stages.stage_rank >= 70 then 'Customer'
        when stages.stage = 'disqualified' then 'Disqualified'
        when stages.stage_rank >= 50 then 'SQL'
        when contacts.contacted_at >= {{ dbt.date_trunc('second', 'stages.mql_at') }}
            then 'Contacted'
        when stages.stage_rank >= 30 then 'MQL'
        else 'New'
    end as status,
    stages.stage as lifecycle_stage,
    stages.lead_status,
    stages.mql_at,
    stages.sql_at,
    persons.email_key,
    persons.full_name_key,
    accounts.name as company,
    persons.job_title,
    -- Of whom nothing is known to count, the score is nothing.
    coalesce(scores.engagement_score, cast(0 as decimal(9, 4))) as engagement_score,
    coalesce(touches.page_location, touches.event_name) as last_marketing_touch_asset,
    touches.event_at as last_marketing_touch_at,
    persons.owner_id as sales_owner_id,
    stages.disqualification_reason,
    '{{ var("contract_version") }}' as _contract_version
from {{ ref('lifecycle_current') }} as stages
inner join {{ ref('person') }} as persons
    on stages.subject_id = persons.person_id
left join {{ ref('account') }} as accounts
    on persons.primary_account_id = accounts.account_id
left join {{ ref('source') }} as sources
    on persons.acquisition_source_id = sources.source_id
left join touches
    on stages.subject_id = touches.person_id
        and touches.touches_ago = 1
left join {{ ref('lead_score') }} as scores
    on stages.subject_id = scores.person_id
left join contacts
    on stages.subject_id = contacts.person_id
where stages.subject_type = 'person'
