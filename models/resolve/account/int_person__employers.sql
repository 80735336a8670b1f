-- Grain: one version of a person record, with the account that it files the person under.
{{ config(materialized='view') }}

with versions as (
    select
        *,
        coalesce(record_updated_at, created_at, _loaded_at) as version_at
    from {{ ref('int_person__checked') }}
    where disposition = 'accepted'
),

members as (
    select * from {{ ref('int_account__members') }}
),

owners as (
    select * from {{ ref('int_account_domain__owners') }}
    where account_id is not null
),

work_domains as (
    select * from {{ ref('int_person__work_domains') }}
),

hosts as (
    select * from {{ ref('int_domain__registrable') }}
    where is_corporate
),

-- One version says one thing: the company it is filed under, else where its mail comes from, else
-- the domain that was typed in.
said as (
    select
        versions.record_key,
        versions.raw_row_id,
        versions.version_at,
        coalesce(versions.created_at, versions.version_at) as created_at,
        coalesce(versions.is_deleted, false) as is_deleted,
        versions._loaded_at,
        case
            when coalesce(versions.is_deleted, false) then null
            else coalesce(members.account_id, mail_owner.account_id, typed_owner.account_id)
        end as account_id,
        case
            when members.account_id is not null then 1
            when mail_owner.account_id is not null then 2
            else 3
        end as method_rank
    from versions
    left join members
        on versions.source_system || ':' || versions.company_record_id = members.record_key
    left join work_domains
        on versions.raw_row_id = work_domains.raw_row_id
    left join owners as mail_owner
        on work_domains.domain = mail_owner.domain
    left join hosts
        on {{ host_of('versions.company_domain') }} = hosts.host
    left join owners as typed_owner
        on hosts.domain = typed_owner.domain
)

select * from said
