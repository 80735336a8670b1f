-- Grain: one firm.
with accounts as (
    select * from {{ ref('int_account__resolved') }}
),

parents as (
    select * from {{ ref('int_account__parents') }}
    where not is_cut
),

domains as (
    select * from {{ ref('int_account__primary_domain') }}
),

countries as (
    select * from {{ ref('ref_country_name') }}
)

select
    accounts.account_id,
    case
        when accounts.live_record_count > 0 or accounts.record_count = 0 then 'live'
        else 'deleted'
    end as status,
    accounts.name,
    domains.domain as domain_primary,
    parents.parent_account_id,
    accounts.industry,
    {{ employee_count('accounts.employees') }} as employee_count,
    {{ employee_band('accounts.employees') }} as employee_band,
    cast(accounts.annual_revenue as decimal(18, 2)) as annual_revenue,
    {{ currency_code('accounts.currency') }} as currency,
    countries.alpha2 as country,
    accounts.region,
    case when accounts.owner_key is not null then
        {{ surrogate_key('own', ['accounts.owner_key']) }}
    end as owner_id,
    accounts.lifecycle_stage as account_stage,
    accounts.record_count,
    accounts.source_systems as _source_systems,
    accounts.created_at,
    accounts.updated_at,
    accounts.loaded_at as _loaded_at,
    '{{ var("contract_version") }}' as _contract_version
from accounts
left join domains
    on accounts.account_id = domains.account_id
left join parents
    on accounts.account_id = parents.account_id
left join countries
    on lower(trim(accounts.country)) = countries.name
