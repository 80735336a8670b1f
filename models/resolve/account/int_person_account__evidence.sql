-- Grain: one period in which one record or one link says that a person belongs to an account.
{{ config(materialized='view') }}

with stated as (
    select * from {{ ref('int_person_account__statements') }}
),

links as (
    select * from {{ ref('int_link__checked') }}
    where is_current
        and from_object in ('person', 'account') and to_object in ('person', 'account')
        and from_object <> to_object
),

person_members as (
    select * from {{ ref('int_person__members') }}
),

account_members as (
    select * from {{ ref('int_account__members') }}
),

statements as (
    select
        person_members.person_id,
        stated.account_id,
        stated.record_key,
        person_members.source_system,
        stated.method_rank,
        stated.valid_from,
        stated.valid_to,
        stated.confirmed_at,
        false as is_link,
        false as is_marked_primary,
        cast(null as {{ dbt.type_string() }}) as role,
        stated._loaded_at
    from stated
    inner join person_members
        on stated.record_key = person_members.record_key
    union all
    select
        person_members.person_id,
        account_members.account_id,
        person_members.record_key,
        person_members.source_system,
        1 as method_rank,
        coalesce(person_members.valid_from, links.record_updated_at) as valid_from,
        case when coalesce(links.is_deleted, false) then links.record_updated_at end as valid_to,
        links.record_updated_at as confirmed_at,
        true as is_link,
        coalesce(links.is_primary, false) as is_marked_primary,
        links.role,
        links._loaded_at
    from links
    inner join person_members
        on links.source_system || ':'
            || case links.from_object
                when 'person' then links.from_record_id else links.to_record_id
            end
            = person_members.record_key
    inner join account_members
        on links.source_system || ':'
            || case links.from_object
                when 'account' then links.from_record_id else links.to_record_id
            end
            = account_members.record_key
)

select * from statements
