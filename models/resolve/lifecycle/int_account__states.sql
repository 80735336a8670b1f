-- Grain: one state in which builds saw a firm: what scores, routes and handoffs of its people go
-- by. It survives --full-refresh, as the memory of people does.
{{ memory(
    unique_key=['account_id', 'valid_from'],
    hooks=["{{ note_seen('account_id', ref('int_account__resolved')) }}"],
) }}

with {{ stood('account', ['name', 'industry', 'employees', 'country', 'owner_key']) }},

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

{{ changed_states(
    'account_id',
    ['name', 'domain', 'industry', 'employee_band', 'country', 'owner_key'],
    kept=['name', 'domain', 'industry', 'employee_band', 'country'],
) }}
