-- Grain: one time in which a person stood as scores, routes and handoffs read it.
with states as (
    select
        *,
        {{ strip_accents('lower(job_title)') }} as title,
        {{ state_times('person_id') }}
    from {{ ref('int_person__states') }}
),

firms as (
    select *, {{ state_times('account_id') }} from {{ ref('int_account__states') }}
),

titles as (
    select * from {{ ref('int_job_title__read') }}
),

-- Where another account took over the one that is remembered, it is part of that one today.
takeovers as (
    select {{ surrogate_key('acc', ['record_key']) }} as former_account_id, account_id
    from {{ ref('int_account__members') }}
),

times as (
    select
        states.*,
        firms.name, firms.domain, firms.industry, firms.employee_band,
        firms.country as firm_country, firms.owner_key as firm_owner_key,
        titles.seniority, titles.job_function, titles.title_flag,
        {{ greatest_of([
            'states.from_at', 'coalesce(firms.from_at, states.from_at)',
            'coalesce(titles.from_at, states.from_at)',
        ]) }} as stands_from,
        {{ least_of([
            'states.to_at', 'coalesce(firms.to_at, states.to_at)',
            'coalesce(titles.to_at, states.to_at)',
        ]) }} as stands_to
    from states
    left join firms
        on states.account_id = firms.account_id
            and firms.from_at < states.to_at
            and states.from_at < firms.to_at
    left join titles
        on states.title = titles.title
            and titles.from_at < states.to_at
            and states.from_at < titles.to_at
)

select
    times.person_id,
    times.stands_from as valid_from,
    nullif(times.stands_to, cast('9999-12-31' as {{ dbt.type_timestamp() }})) as valid_to,
    times.known_since,
    times.job_title,
    times.seniority,
    times.job_function,
    times.title_flag,
    {{ keyed_hash('times.email') }} as email_key,
    times.email_kind,
    times.has_phone,
    coalesce(accounts.account_id, takeovers.account_id) as account_id,
    times.name as company,
    coalesce(times.email_domain, times.domain) as domain,
    times.industry,
    times.employee_band,
    coalesce(times.firm_country, times.country) as country,
    case when times.owner_key is not null then
        {{ surrogate_key('own', ['times.owner_key']) }}
    end as owner_id,
    case when times.firm_owner_key is not null then
        {{ surrogate_key('own', ['times.firm_owner_key']) }}
    end as account_owner_id,
    '{{ var("contract_version") }}' as _contract_version
from times
inner join {{ ref('person') }} as persons
    on times.person_id = persons.person_id
left join {{ ref('account') }} as accounts
    on times.account_id = accounts.account_id
left join takeovers
    on times.account_id = takeovers.former_account_id
where times.stands_from < times.stands_to
