-- Grain: one natural person.
with persons as (
    select * from {{ ref('int_person__resolved') }}
),

acquired as (
    select * from {{ ref('int_person__acquired') }}
),

primary_accounts as (
    select person_id, account_id
    from {{ ref('int_person_account__relations') }}
    where is_primary
),

countries as (
    select * from {{ ref('ref_country_name') }}
)

select
    persons.person_id,
    case
        when persons.live_record_count > 0 then 'live'
        else 'deleted'
    end as status,
    {{ keyed_hash('persons.email') }} as email_key,
    {{ keyed_hash('persons.phone') }} as phone_key,
    {{ keyed_hash("lower(persons.first_name || ' ' || persons.last_name)") }} as full_name_key,
    persons.job_title,
    countries.alpha2 as country,
    persons.lead_status,
    case when persons.owner_key is not null then
        {{ surrogate_key('own', ['persons.owner_key']) }}
    end as owner_id,
    primary_accounts.account_id as primary_account_id,
    acquired.acquisition_source_id,
    persons.email is not null as has_email,
    persons.phone is not null as has_phone,
    persons.record_count,
    persons.source_systems as _source_systems,
    persons.created_at,
    persons.updated_at,
    persons.loaded_at as _loaded_at,
    '{{ var("contract_version") }}' as _contract_version
from persons
left join acquired
    on persons.person_id = acquired.person_id
left join primary_accounts
    on persons.person_id = primary_accounts.person_id
left join countries
    on lower(trim(persons.country)) = countries.name
