-- Grain: one record of a person or account whose move into a stage was approved by name.
{{ config(materialized='view') }}

with members as (
    select 'person' as subject_type, record_key, person_id as subject_id
    from {{ ref('int_person__members') }}
    union all
    select 'account' as subject_type, record_key, account_id as subject_id
    from {{ ref('int_account__members') }}
),

overrides as (
    select policy.*, members.subject_id
    from {{ ref('policy_stage_override') }} as policy
    inner join members
        on policy.subject_type = members.subject_type
            and policy.source_system || ':' || policy.source_record_id = members.record_key
)

select * from overrides
