-- Grain: one person, with what its job title and its e-mail address say in the words of scoring.
with persons as (
    select person_id, email, {{ strip_accents('lower(job_title)') }} as title
    from {{ ref('int_person__resolved') }}
),

titles as (
    select distinct title from persons
    where title is not null
),

readings as (
    select
        titles.title,
        policy.aspect,
        policy.value,
        row_number() over (
            partition by titles.title, policy.aspect
            order by policy.rule_rank
        ) as place
    from titles
    inner join {{ ref('policy_job_title') }} as policy
        on {{ regex_matches_column('titles.title', 'policy.title_pattern') }}
    where {{ in_force('policy') }}
),

read_titles as (
    select
        title,
        max(case when aspect = 'seniority' then value end) as seniority,
        max(case when aspect = 'job_function' then value end) as job_function,
        max(case when aspect = 'flag' then value end) as title_flag
    from readings
    where place = 1
    group by title
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

profiles as (
    select
        persons.person_id,
        case when persons.title is not null then 'known' end as job_title,
        read_titles.seniority,
        read_titles.job_function,
        read_titles.title_flag,
        addresses.email_kind,
        addresses.email_domain
    from persons
    left join read_titles
        on persons.title = read_titles.title
    left join addresses
        on persons.email = addresses.email
)

select * from profiles
