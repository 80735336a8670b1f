-- Grain: one version of a definition that every role has approved whose approval its stage needs.
{{ config(materialized='view') }}

with definitions as (
    select * from {{ ref('policy_definition') }}
),

approvals as (
    select
        definitions.definition_id,
        definitions.definition_version,
        min(case
            when ';' || definitions.approved_by || ';' like '%;' || policy.role || ';%' then 1
            else 0
        end) as is_complete
    from definitions
    inner join {{ ref('policy_definition_approval') }} as policy
        on definitions.stage = policy.stage
            and {{ in_force('policy', 'definitions.valid_from') }}
    group by definitions.definition_id, definitions.definition_version
),

-- A stage for which no approval is asked has nobody who could grant one: its definition stays out.
active as (
    select definitions.*
    from definitions
    inner join approvals
        on definitions.definition_id = approvals.definition_id
            and definitions.definition_version = approvals.definition_version
    where approvals.is_complete = 1
)

select * from active
