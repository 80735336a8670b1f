-- Grain: one e-mail address as a person record or an event wrote it.
with records as (
    select * from {{ ref('int_person__checked') }}
    where disposition = 'accepted'
),

additional as (
    {{ split_rows('records', 'additional_emails', ';') }}
),

written as (
    select email as written from records where email is not null
    union
    select part as written from additional
    union
    select email as written from {{ ref('int_event__logins') }} where email is not null
),

cleaned as (
    select written, {{ written_email('written') }} as address
    from written
),

parted as (
    select
        written,
        address,
        {{ email_problem('address') }} as problem,
        {{ dbt.split_part('address', "'@'", 1) }} as local_part,
        {{ dbt.split_part('address', "'@'", 2) }} as host
    from cleaned
),

aliases as (
    select * from {{ ref('policy_email_alias') }} as alias
    where is_on and {{ in_force('alias') }}
),

role_mailboxes as (
    select local_part from {{ ref('policy_role_mailbox') }} as role
    where {{ in_force('role') }}
),

matched as (
    select
        parted.written,
        parted.problem,
        case when parted.problem is null then parted.address end as email,
        case when parted.problem is null then parted.host end as host,
        case
            when parted.problem is not null then null
            when aliases.domain is null then parted.address
            else concat(
                {{ aliased_local_part('parted.local_part', 'aliases') }}, '@', aliases.canonical_domain
            )
        end as match_key
    from parted
    left join aliases
        on parted.host = aliases.domain
),

blocked as (
    select matched.written
    from matched
    cross join {{ blocked_values('email') }} as policy
    where {{ is_blocked('matched.match_key', 'policy') }}
),

normalised as (
    select
        matched.written,
        matched.email,
        matched.host,
        {{ keyed_hash('matched.email') }} as email_hash,
        {{ keyed_hash('matched.match_key') }} as match_hash,
        case
            when matched.problem is not null then matched.problem
            when blocked.written is not null then 'identifier.email.blocked'
            when role_mailboxes.local_part is not null then 'identifier.email.role_mailbox'
        end as problem
    from matched
    left join blocked
        on matched.written = blocked.written
    left join role_mailboxes
        on {{ regex_replace('matched.match_key', '([+].*)?@.*$', '') }} = role_mailboxes.local_part
)

select * from normalised
