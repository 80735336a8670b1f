-- Grain: one account that no company record describes: people write, or wrote, from its domain.
with people as (
    select * from {{ ref('int_person__work_domains') }}
),

members as (
    select * from {{ ref('int_person__members') }}
),

claimed as (
    select distinct domain from {{ ref('int_account_domain__claims') }}
    where domain is not null
),

unclaimed as (
    select
        people.domain,
        people.company_name,
        {{ company_name_key('people.company_name') }} as name_key,
        people.known_since,
        members.person_id
    from people
    inner join members
        on people.record_key = members.record_key
    left join claimed
        on people.domain = claimed.domain
    where claimed.domain is null
),

-- The name most of its people give, in the spelling most of them use.
spellings as (
    select
        domain,
        name_key,
        company_name,
        count(distinct person_id) as person_count,
        sum(count(distinct person_id)) over (partition by domain, name_key) as name_person_count
    from unclaimed
    where name_key is not null
    group by domain, name_key, company_name
),

names as (
    select
        domain,
        company_name,
        row_number() over (
            partition by domain
            order by name_person_count desc, name_key, person_count desc, company_name
        ) as place
    from spellings
),

derived as (
    select
        {{ surrogate_key('acc', ["'domain'", 'unclaimed.domain']) }} as account_id,
        unclaimed.domain,
        names.company_name as name,
        count(distinct unclaimed.person_id) as person_count,
        min(unclaimed.known_since) as created_at
    from unclaimed
    left join names
        on unclaimed.domain = names.domain and names.place = 1
    group by unclaimed.domain, names.company_name
)

select * from derived
