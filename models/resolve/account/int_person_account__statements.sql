-- Grain: one period in which one person record says that the person belongs to one account.
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
),

-- A version that names no account leaves standing what was said before; a deletion ends it.
telling as (
    select
        *,
        lag(account_id) over (
            partition by record_key order by version_at nulls first, raw_row_id
        ) as account_before,
        row_number() over (
            partition by record_key order by version_at nulls first, raw_row_id
        ) as place
    from said
    where account_id is not null or is_deleted
),

numbered as (
    select
        *,
        sum(case
            when account_id = account_before then 0
            when account_id is null and account_before is null then 0
            else 1
        end) over (
            partition by record_key
            order by version_at nulls first, raw_row_id
            rows between unbounded preceding and current row
        ) as stretch
    from telling
),

stretches as (
    select
        record_key,
        stretch,
        max(account_id) as account_id,
        min(method_rank) as method_rank,
        min(case when place = 1 then created_at else version_at end) as valid_from,
        max(version_at) as confirmed_at
    from numbered
    group by record_key, stretch
),

statements as (
    select
        *,
        lead(valid_from) over (partition by record_key order by stretch) as valid_to
    from stretches
)

select * from statements
where account_id is not null
