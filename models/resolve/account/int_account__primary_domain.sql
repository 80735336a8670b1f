-- Grain: one account that owns a domain, with the domain it goes by.
with owners as (
    select * from {{ ref('int_account_domain__owners') }}
    where account_id is not null
),

ranked as (
    select
        account_id,
        domain,
        row_number() over (
            partition by account_id
            order by record_count desc, domain
        ) as place
    from owners
),

primary_domains as (
    select account_id, domain
    from ranked
    where place = 1
)

select * from primary_domains
