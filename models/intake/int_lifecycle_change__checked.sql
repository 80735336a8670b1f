-- Grain: one asserted change of stage, lead status or owner, and each raw row of their objects.
{% set rules = declared_rules('lifecycle_change') %}
with records as (
    select * from {{ ref('int_lifecycle_change__records') }}
),

subjects as (
    select distinct 'person' as subject_type, source_system, source_record_id
    from {{ ref('int_person__checked') }}
    where disposition = 'accepted'
    union all
    select distinct 'account' as subject_type, source_system, source_record_id
    from {{ ref('int_account__checked') }}
    where disposition = 'accepted'
),

stages as (
    select * from {{ ref('policy_lifecycle_stage') }} as policy
    where {{ in_force('policy') }}
),

joined as (
    select
        records.*,
        subjects.source_record_id is not null as has_subject,
        stages.stage is not null as has_stage,
        coalesce({{ stage_word('records.field_name') }}, 'lifecyclestage') not in (
            'lifecyclestage', 'leadstatus', 'owner', 'jobtitle', 'country', 'name', 'industry',
            'employees'
        ) as is_other_field
    from records
    left join subjects
        on records.subject_type = subjects.subject_type
            and records.source_system = subjects.source_system
            and records.subject_record_id = subjects.source_record_id
    left join stages
        on {{ stage_word('records.to_stage') }} = stages.vendor_stage
),

judged as (
    select
        *,
        {{ reasons(row_reasons('lifecycle_change', rules, [
            ('lifecycle_change.to_stage.unknown', 'not is_other_field and to_stage is not null
                and not has_stage'),
            ('lifecycle_change.changed_at.missing', '_unparsable is null and not is_other_field
                and changed_at is null and not ' ~ unreadable(['timestamp', 'changed_at'])),
            ('lifecycle_change.changed_at.unparsable', 'not is_other_field and '
                ~ unreadable(['timestamp', 'changed_at'])),
            ('lifecycle_change.changed_at.in_future', 'not is_other_field and changed_at > ' ~ as_of()),
            ('lifecycle_change.subject_record_id.unknown', '_unparsable is null and not is_other_field
                and not has_subject'),
        ])) }} as hold_reasons,
        {{ reasons([
            ('lifecycle_change.property.not_tracked', '_unparsable is null and is_other_field'),
        ]) }} as exclude_reasons,
        {{ reasons(row_notes('lifecycle_change', rules)) }} as notes
    from joined
    {{ rule_joins(rules, 'joined') }}
),

{{ placed('lifecycle_change', rules, also=['subject_type', 'to_stage', 'to_value', 'changed_at']) }}

select * from placed
