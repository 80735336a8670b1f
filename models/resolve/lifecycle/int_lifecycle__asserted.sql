-- Grain: one accepted assertion that a person or account entered a stage, in canonical words.
with changes as (
    select * from {{ ref('int_lifecycle_change__checked') }}
    where disposition = 'accepted'
        and coalesce({{ stage_word('field_name') }}, 'lifecyclestage') = 'lifecyclestage'
),

stages as (
    select * from {{ ref('policy_lifecycle_stage') }}
),

members as (
    {{ subject_members() }}
),

asserted as (
    select
        changes.raw_row_id,
        changes.subject_type,
        members.subject_id,
        members.record_key,
        changes.changed_at,
        stages.stage,
        stages.stage_rank,
        changes.asserted_by,
        coalesce(reasons.disposition, lower(changes.reason)) as reason,
        changes.connector,
        changes.source_system,
        changes.source_record_id,
        changes._loaded_at
    from changes
    inner join members
        on changes.subject_type = members.subject_type
            and changes.source_system || ':' || changes.subject_record_id = members.record_key
    left join stages
        on {{ stage_word('changes.to_stage') }} = stages.vendor_stage
            and {{ in_force('stages', 'changes.changed_at') }}
    left join {{ ref('policy_return_reason') }} as reasons
        on {{ stage_word('changes.reason') }} = reasons.alias
            and {{ in_force('reasons', 'changes.changed_at') }}
)

select * from asserted
