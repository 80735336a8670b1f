-- Grain: one raw row that links two records of one system.
{% set rules = declared_rules('link') %}
with records as (
    select * from {{ ref('int_link__records') }}
),

known as (
    select distinct source_system, 'person' as entity, source_record_id
    from {{ ref('int_person__checked') }}
    where disposition = 'accepted'
    union all
    select distinct source_system, 'account' as entity, source_record_id
    from {{ ref('int_account__checked') }}
    where disposition = 'accepted'
    union all
    select distinct source_system, 'opportunity' as entity, source_record_id
    from {{ ref('int_opportunity__checked') }}
    where disposition = 'accepted'
    union all
    select distinct source_system, 'activity' as entity, source_record_id
    from {{ ref('int_activity__checked') }}
    where disposition = 'accepted'
),

joined as (
    select
        records.*,
        from_ends.source_record_id is not null as has_from,
        to_ends.source_record_id is not null as has_to
    from records
    left join known as from_ends
        on records.source_system = from_ends.source_system
            and records.from_object = from_ends.entity
            and records.from_record_id = from_ends.source_record_id
    left join known as to_ends
        on records.source_system = to_ends.source_system
            and records.to_object = to_ends.entity
            and records.to_record_id = to_ends.source_record_id
),

judged as (
    select
        *,
        {{ reasons(row_reasons('link', rules, [
            ('link.row.incomplete', "_unparsable is null and (from_record_id is null or to_record_id is null)"),
            ('link.from_record_id.unknown', "from_record_id is not null and not has_from and not is_deleted
                and coalesce(role, '') <> 'merged_into'"),
            ('link.to_record_id.unknown', "to_record_id is not null and not has_to and not is_deleted
                and coalesce(role, '') <> 'merged_into'"),
        ])) }} as hold_reasons,
        {{ reasons([]) }} as exclude_reasons,
        {{ reasons(row_notes('link', rules)) }} as notes
    from joined
    {{ rule_joins(rules, 'joined') }}
),

{{ placed('link', rules) }}

select * from placed
