-- Grain: one state in which builds saw a firm: what scores, routes and handoffs of its people go
-- by. It survives --full-refresh, as the memory of people does.
{{ config(
    materialized='incremental',
    incremental_strategy='delete+insert',
    unique_key=['account_id', 'valid_from'],
    full_refresh=false,
    on_schema_change='append_new_columns',
    post_hook="{{ note_seen('account_id', ref('int_account__resolved')) }}",
) }}

with versions as (
    select
        *,
        row_number() over (partition by account_id order by moment desc) as versions_ago
    from {{ ref('int_account__versions') }}
),

stood as (
    select
        account_id, moment as valid_from, name, industry, employees, country, owner_key,
        created_at, updated_at
    from versions
    where versions_ago > 1
    union all
    select
        accounts.account_id, coalesce(versions.moment, {{ unknown_start() }}) as valid_from,
        accounts.name, accounts.industry, accounts.employees, accounts.country, accounts.owner_key,
        accounts.created_at, accounts.updated_at
    from {{ ref('int_account__resolved') }} as accounts
    left join versions
        on accounts.account_id = versions.account_id
            and case when versions.versions_ago = 1 then 1 end = 1
),

states as (
    select
        stood.account_id,
        stood.valid_from,
        stood.created_at,
        stood.updated_at,
        stood.name,
        domains.domain,
        stood.industry,
        {{ employee_band('stood.employees') }} as employee_band,
        countries.alpha2 as country,
        stood.owner_key
    from stood
    left join {{ ref('int_account__primary_domain') }} as domains
        on stood.account_id = domains.account_id
    left join {{ ref('ref_country_name') }} as countries
        on lower(trim(stood.country)) = countries.name
),

{{ changed_states('account_id', [
    'name', 'domain', 'industry', 'employee_band', 'country', 'owner_key',
]) }}
