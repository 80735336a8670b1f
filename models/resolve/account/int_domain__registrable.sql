-- Grain: one host that an e-mail address or a company record names, with its registrable domain.
with hosts as (
    select host from {{ ref('int_email__normalised') }} where host is not null
    union
    select {{ host_of('domain') }} as host
    from {{ ref('int_account__checked') }}
    where disposition = 'accepted' and {{ host_of('domain') }} is not null
    union
    select {{ host_of('company_domain') }} as host
    from {{ ref('int_person__checked') }}
    where disposition = 'accepted' and {{ host_of('company_domain') }} is not null
),

counted as (
    select host, length(host) - length(replace(host, '.', '')) + 1 as label_count
    from hosts
),

-- The longest rule of the list has seven labels; the registrable domain is one label more.
tails as (
    {{ host_tails('counted', deepest=8) }}
),

suffixes as (
    select
        counted.host,
        coalesce(
            max(case when rules.rule_type = 'exception' then rules.labels end),
            max(rules.labels),
            1
        ) as suffix_labels
    from counted
    left join tails
        on counted.host = tails.host
    left join {{ ref('ref_public_suffix') }} as rules
        on tails.tail = rules.suffix and rules.labels <= counted.label_count
    group by counted.host
),

domains as (
    select suffixes.host, tails.tail as domain
    from suffixes
    left join tails
        on suffixes.host = tails.host and suffixes.suffix_labels + 1 = tails.labels
),

public_domains as (
    select domain, max(is_free_mail) as is_free_mail, max(is_disposable) as is_disposable
    from (
        select domain, 1 as is_free_mail, 0 as is_disposable from {{ ref('ref_free_mail_domain') }}
        union all
        select domain, 0 as is_free_mail, 1 as is_disposable from {{ ref('ref_disposable_domain') }}
    ) as listed
    group by domain
),

registrable as (
    select
        domains.host,
        {{ unicode_host('domains.domain') }} as domain,
        coalesce(by_host.is_free_mail, by_domain.is_free_mail, 0) = 1 as is_free_mail,
        coalesce(by_host.is_disposable, by_domain.is_disposable, 0) = 1 as is_disposable,
        domains.domain is not null
            and by_host.domain is null
            and by_domain.domain is null as is_corporate
    from domains
    left join public_domains as by_host
        on domains.host = by_host.domain
    left join public_domains as by_domain
        on domains.domain = by_domain.domain
)

select * from registrable
