-- Grain: one state in which builds saw a person: what scores, routes and handoffs go by. The memory
-- of what it was before, since most exports show a record as it is now; --full-refresh keeps it.
-- depends_on: {{ ref('int_identity__registry') }}
{{ memory(
    unique_key=['person_id', 'valid_from'],
    hooks=[
        "{{ note_seen('person_id', ref('int_person__resolved')) }}",
        "{{ forget_erased({'email': 'email'}, 'seen_at') }}",
        "{{ forget_erased_persons() }}",
    ],
) }}

with {{ stood('person', ['job_title', 'email', 'phone', 'country', 'owner_key']) }},

timed as (
    select *, {{ state_times('person_id') }} from stood
),

firms as (
    select person_id, account_id, {{ state_times('person_id') }} from {{ ref('int_person__firms') }}
),

addresses as (
    select
        emails.email,
        max(domains.domain) as email_domain,
        max(case
            when emails.problem = 'identifier.email.role_mailbox' then 'shared'
            when domains.is_disposable then 'disposable'
            when domains.is_free_mail then 'private'
            when domains.is_corporate then 'company'
        end) as email_kind
    from {{ ref('int_email__normalised') }} as emails
    inner join {{ ref('int_domain__registrable') }} as domains
        on emails.host = domains.host
    group by emails.email
),

states as (
    select
        timed.person_id,
        {{ greatest_of(['timed.from_at', 'coalesce(firms.from_at, timed.from_at)']) }}
            as valid_from,
        timed.created_at,
        timed.updated_at,
        timed.job_title,
        timed.email,
        addresses.email_kind,
        addresses.email_domain,
        timed.phone is not null as has_phone,
        countries.alpha2 as country,
        timed.owner_key,
        firms.account_id
    from timed
    left join firms
        on timed.person_id = firms.person_id
            and firms.from_at < timed.to_at
            and timed.from_at < firms.to_at
    left join addresses
        on timed.email = addresses.email
    left join {{ ref('ref_country_name') }} as countries
        on lower(trim(timed.country)) = countries.name
),

{{ changed_states(
    'person_id',
    [
        'job_title', 'email', 'email_kind', 'email_domain', 'has_phone', 'country', 'owner_key',
        'account_id',
    ],
    kept=['job_title', 'country'],
) }}
