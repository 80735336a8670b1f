-- Grain: one record of a person or account whose move into a stage was approved by name.
{{ config(materialized='view') }}

with members as (
    {{ subject_members() }}
),

overrides as (
    select policy.*, members.subject_id
    from {{ ref('policy_stage_override') }} as policy
    inner join members
        on policy.subject_type = members.subject_type
            and policy.source_system || ':' || policy.source_record_id = members.record_key
)

select * from overrides
