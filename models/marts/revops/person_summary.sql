-- Grain: one person, with what lists, segments and reports ask of it today.
with touches as (
    select
        person_id,
        {{ first_by('channel_group', ['touched_at', 'touchpoint_id']) }} as first_touch_channel,
        min(touched_at) as first_touch_at,
        {{ last_by('channel_group', ['touched_at', 'touchpoint_id']) }} as last_touch_channel,
        max(touched_at) as last_touch_at,
        count(*) as touch_count
    from {{ ref('touchpoint') }}
    where is_marketing and touched_at <= {{ as_of() }}
    group by person_id
),

profiles as (
    select * from {{ ref('lead_profile') }}
    where valid_to is null
),

stages as (
    select * from {{ ref('lifecycle_current') }}
    where subject_type = 'person'
),

active_users as (
    select distinct person_id from {{ ref('product_activation') }}
)

select
    persons.person_id,
    persons.status,
    persons.email_key,
    persons.phone_key,
    profiles.domain as company_domain,
    persons.acquisition_source_id,
    sources.channel_group as acquisition_channel,
    touches.first_touch_channel,
    touches.first_touch_at,
    touches.last_touch_channel,
    touches.last_touch_at,
    cast(coalesce(touches.touch_count, 0) as {{ dbt.type_int() }}) as touch_count,
    cast({{ dbt.datediff('touches.last_touch_at', as_of(), 'day') }} as {{ dbt.type_int() }})
        as days_since_touch,
    persons.owner_id as sales_owner_id,
    persons.primary_account_id as account_id,
    profiles.industry,
    profiles.employee_band,
    profiles.country,
    profiles.seniority,
    profiles.job_function,
    profiles.email_kind,
    stages.stage as lifecycle_stage,
    stages.lead_status,
    scores.grade,
    scores.fit_score,
    scores.engagement_score,
    scores.composite_score,
    coalesce(scores.is_vetoed, false) as is_vetoed,
    active_users.person_id is not null as is_active_user,
    '{{ var("contract_version") }}' as _contract_version
from {{ ref('person') }} as persons
left join profiles
    on persons.person_id = profiles.person_id
left join touches
    on persons.person_id = touches.person_id
left join stages
    on persons.person_id = stages.subject_id
left join active_users
    on persons.person_id = active_users.person_id
left join {{ ref('source') }} as sources
    on persons.acquisition_source_id = sources.source_id
left join {{ ref('lead_score') }} as scores
    on persons.person_id = scores.person_id
