-- Grain: one live company record that names a web domain.
with records as (
    select
        record_key,
        source_system,
        {{ host_of('domain') }} as host,
        {{ company_name_key('name') }} as name_key
    from {{ ref('int_account__checked') }}
    where is_current and not coalesce(is_deleted, false) and domain is not null
),

domains as (
    select * from {{ ref('int_domain__registrable') }}
),

merges as (
    select * from {{ ref('int_account__merges') }}
),

claims as (
    select
        records.record_key,
        records.source_system,
        records.host,
        domains.domain,
        merges.component as merged_record_key,
        max(records.name_key) as name_key,
        case
            when records.host is null then 'account.domain.invalid'
            when domains.is_disposable then 'account.domain.disposable'
            when domains.is_free_mail then 'account.domain.free_mail'
            when domains.domain is null then 'account.domain.public_suffix'
        end as problem
    from records
    inner join merges
        on records.record_key = merges.node
    left join domains
        on records.host = domains.host
    group by
        records.record_key,
        records.source_system,
        records.host,
        domains.domain,
        merges.component,
        domains.is_disposable,
        domains.is_free_mail
)

select * from claims
