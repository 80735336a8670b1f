-- Grain: one thing that is wrong with what the contract says of one field.
with fields as (
    select * from {{ ref('contract_field') }}
),

owners as (
    select
        policy.owner,
        max(policy.owner_kind) as owner_kind,
        max(case when {{ in_force('policy') }} then 1 else 0 end) as is_active
    from {{ ref('policy_owner') }} as policy
    group by policy.owner
),

named as (
    select field_id, 'business owner' as duty, business_owner as owner from fields
    union all
    select field_id, 'steward' as duty, steward as owner from fields
),

ownership as (
    select
        named.field_id,
        case
            when named.owner is null then 'no_owner'
            when owners.owner is null then 'unknown_owner'
            when owners.is_active = 0 then 'departed_owner'
            when owners.owner_kind = 'group' then 'group_owner'
        end as gap,
        'The ' || named.duty || ' is ' || coalesce(named.owner, 'nobody') || '.' as message
    from named
    left join owners
        on named.owner = owners.owner
),

meanings as (
    select
        column_name,
        count(distinct {{ kind_of_type('data_type') }}) as type_count,
        count(distinct pii) as class_count
    from fields
    where kind = 'published' and table_name not like 'vault.%'
    group by column_name
),

gaps as (
    select field_id, gap, message from ownership
    where gap is not null
    union all
    select field_id, 'no_workflow' as gap, 'It serves no workflow.' as message from fields
    where kind = 'published' and workflow is null
    union all
    select field_id, 'no_definition' as gap, 'It is not said what it means.' as message from fields
    where definition is null
    union all
    select
        fields.field_id,
        case when meanings.type_count > 1 then 'two_meanings' else 'two_classes' end as gap,
        'Another table has a column of this name with another '
            || case when meanings.type_count > 1 then 'type.' else 'class of personal data.' end
            as message
    from fields
    inner join meanings
        on fields.column_name = meanings.column_name
    where fields.kind = 'published' and fields.table_name not like 'vault.%'
        and (meanings.type_count > 1 or meanings.class_count > 1)
),

waivers as (
    {{ waivers_in_force() }}
)

select
    gaps.field_id,
    gaps.gap,
    min(gaps.message) as message,
    min(fields.business_owner) as business_owner,
    {{ waived('waivers') }} as is_waived,
    '{{ var("contract_version") }}' as _contract_version
from gaps
inner join fields
    on gaps.field_id = fields.field_id
left join waivers
    on waivers.rule_id = 'contract.field.' || gaps.gap
        and waivers.scope in ('*', gaps.field_id, '*.' || fields.column_name)
group by gaps.field_id, gaps.gap
