-- Grain: one web domain that one company record names, or named, with the time in which it does.
with versions as (
    select
        record_key,
        source_system,
        is_current,
        {{ host_of('domain') }} as host,
        domain as written,
        {{ company_name_key('name') }} as name_key,
        coalesce(created_at, record_updated_at) as created_at,
        coalesce(record_updated_at, created_at, _loaded_at) as version_at,
        row_number() over (
            partition by record_key
            order by record_updated_at nulls first, is_current, raw_row_id
        ) as place
    from {{ ref('int_account__checked') }}
    where disposition = 'accepted' and not coalesce(is_deleted, false) and domain is not null
),

domains as (
    select * from {{ ref('int_domain__registrable') }}
),

-- A record whose newest version is a deletion names nothing any more.
live as (
    select record_key
    from {{ ref('int_account__checked') }}
    where is_current and not coalesce(is_deleted, false)
    group by record_key
),

spans as (
    select
        versions.*,
        domains.domain,
        domains.is_disposable,
        domains.is_free_mail,
        lead(version_at) over (partition by versions.record_key order by place) as next_at
    from versions
    inner join live
        on versions.record_key = live.record_key
    left join domains
        on versions.host = domains.host
),

periods as (
    select
        record_key,
        source_system,
        coalesce(domain, host, written) as claimed,
        max(domain) as domain,
        max(name_key) as name_key,
        min(case when place = 1 then created_at else version_at end) as valid_from,
        case when max(case when next_at is null then 1 else 0 end) = 0 then max(next_at) end
            as valid_to,
        max(case
            when host is null then 'account.domain.invalid'
            when is_disposable then 'account.domain.disposable'
            when is_free_mail then 'account.domain.free_mail'
            when domain is null then 'account.domain.public_suffix'
        end) as problem
    from spans
    group by record_key, source_system, coalesce(domain, host, written)
),

claims as (
    select
        periods.record_key,
        periods.source_system,
        periods.claimed,
        periods.domain,
        merges.component as merged_record_key,
        periods.name_key,
        periods.valid_from,
        periods.valid_to,
        -- What a firm gave up another firm of the same system may have taken over.
        case
            when periods.problem is not null then periods.problem
            when periods.valid_to is not null and max(
                case when periods.valid_to is null then 1 else 0 end
            ) over (partition by periods.source_system, periods.domain) = 1
                then 'account.domain.given_up'
        end as problem
    from periods
    inner join {{ ref('int_account__merges') }} as merges
        on periods.record_key = merges.node
)

select * from claims
