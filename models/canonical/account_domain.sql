-- Grain: one web domain that people or companies use, public ones left out.
with owners as (
    select * from {{ ref('int_account_domain__owners') }}
),

primary_domains as (
    select * from {{ ref('int_account__primary_domain') }}
)

select
    owners.domain,
    owners.account_id,
    primary_domains.domain is not null as is_primary,
    owners.is_ambiguous,
    owners.reason,
    owners.method,
    owners.valid_from,
    owners.valid_to,
    '{{ var("contract_version") }}' as _contract_version
from owners
left join primary_domains
    on owners.account_id = primary_domains.account_id
        and owners.domain = primary_domains.domain
