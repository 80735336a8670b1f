-- Grain: one call, e-mail, meeting, message, note or task of the team with a person or account.
{{ config(
    materialized='incremental',
    incremental_strategy='delete+insert',
    unique_key='activity_id',
    on_schema_change='fail',
    post_hook="{{ drop_unlisted_rows('activity_id', ref('int_activity__linked')) }}",
) }}

with activities as (
    select * from {{ ref('int_activity__linked') }}
),

person_members as (
    select * from {{ ref('int_person__members') }}
),

account_members as (
    select * from {{ ref('int_account__members') }}
),

opportunities as (
    select * from {{ ref('int_opportunity__linked') }}
),

joined as (
    select
        activities.activity_id,
        person_members.person_id,
        coalesce(account_members.account_id, opportunities.account_id) as account_id,
        opportunities.opportunity_id,
        case when activities.owner_record_id is not null then
            {{ owner_key('activities.source_system', 'activities.owner_record_id') }}
        end as owner_id,
        activities.activity_type as type,
        activities.direction,
        activities.outcome,
        coalesce(activities.is_automated, false) as is_automated,
        activities.occurred_at,
        activities.source_system as _source_system,
        activities.source_record_id as _source_record_id,
        activities._loaded_at,
        '{{ var("contract_version") }}' as _contract_version
    from activities
    left join person_members
        on activities.person_key = person_members.record_key
    left join account_members
        on activities.account_key = account_members.record_key
    left join opportunities
        on activities.source_system = opportunities.source_system
            and activities.opportunity_record_id = opportunities.source_record_id
),

{{ changed_rows('joined') }}

select
    activity_id,
    person_id,
    account_id,
    opportunity_id,
    owner_id,
    type,
    direction,
    outcome,
    is_automated,
    occurred_at,
    _source_system,
    _source_record_id,
    _loaded_at,
    _contract_version
from changed
