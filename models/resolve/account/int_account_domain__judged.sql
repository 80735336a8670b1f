-- Grain: one registrable domain that company records name, and whether it tells whose it is.
with claims as (
    select * from {{ ref('int_account_domain__claims') }}
    where problem is null
),

firms as (
    select
        domain,
        source_system,
        merged_record_key,
        min(name_key) as name_key
    from claims
    group by domain, source_system, merged_record_key
),

-- Records of different names in one system are kept apart there on purpose: subsidiaries, say.
names as (
    select domain, source_system, count(distinct name_key) as name_count
    from firms
    group by domain, source_system
),

counted as (
    select
        claims.domain,
        count(distinct claims.record_key) as record_count,
        min(claims.record_key) as first_record_key,
        min(claims.valid_from) as valid_from,
        case when max(case when claims.valid_to is null then 1 else 0 end) = 0
            then max(claims.valid_to)
        end as valid_to
    from claims
    group by claims.domain
),

contested as (
    select domain, max(name_count) as name_count
    from names
    group by domain
),

judged as (
    select
        counted.domain,
        counted.record_count,
        counted.first_record_key,
        counted.valid_from,
        counted.valid_to,
        contested.name_count > 1 as is_ambiguous,
        case when contested.name_count > 1 then 'account.domain.ambiguous' end as reason
    from counted
    inner join contested
        on counted.domain = contested.domain
)

select * from judged
