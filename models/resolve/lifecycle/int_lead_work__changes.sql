-- Grain: one accepted change of the lead status or the owner of one record of a person or account.
with changes as (
    select
        *,
        case when {{ stage_word('field_name') }} = 'owner' then 'owner' else 'lead_status' end
            as field
    from {{ ref('int_lifecycle_change__checked') }}
    where disposition = 'accepted'
        and {{ stage_word('field_name') }} in ('leadstatus', 'owner')
),

human_sources as (
    select * from {{ ref('policy_change_source') }}
    where is_human
),

members as (
    {{ subject_members() }}
),

judged as (
    select
        members.subject_type,
        members.subject_id,
        changes.field,
        case
            when changes.to_value is null then null
            when changes.field = 'owner' then
                {{ owner_key('changes.source_system', 'changes.to_value') }}
            else lower(changes.to_value)
        end as value,
        changes.changed_at,
        human_sources.asserted_by is null as is_automated,
        changes.source_system,
        changes.source_record_id,
        changes._loaded_at
    from changes
    inner join members
        on changes.subject_type = members.subject_type
            and changes.source_system || ':' || changes.subject_record_id = members.record_key
    left join human_sources
        on lower(changes.asserted_by) = human_sources.asserted_by
            and {{ in_force('human_sources', 'changes.changed_at') }}
)

select * from judged
