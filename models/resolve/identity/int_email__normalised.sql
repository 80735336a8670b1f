-- Grain: one e-mail address as a person record or an event wrote it, with what it is compared by.
with parted as (
    select * from {{ ref('int_email__written') }}
),

aliases as (
    select * from {{ ref('policy_email_alias') }} as alias
    where is_on and {{ in_force('alias') }}
),

role_mailboxes as (
    select local_part from {{ ref('policy_role_mailbox') }} as role
    where {{ in_force('role') }}
),

-- Anybody can have an address there. Who lets such an address join alone needs none of them.
anybodys_hosts as (
    select listed.domain
    from (
        select domain from {{ ref('ref_free_mail_domain') }}
        union
        select domain from {{ ref('ref_disposable_domain') }}
    ) as listed
    cross join {{ ref('policy_identifier_type') }} as policy
    where policy.id_type = 'unconfirmed_email' and not policy.may_merge and {{ in_force('policy') }}
),

matched as (
    select
        parted.written,
        parted.problem,
        case when parted.problem is null then parted.address end as email,
        case when parted.problem is null then parted.host end as host,
        case
            when parted.problem is not null then null
            when aliases.domain is null
                then parted.local_part || '@' || {{ unicode_host('parted.host') }}
            else {{ aliased_local_part('parted.local_part', 'aliases') }}
                || '@' || aliases.canonical_domain
        end as match_key,
        -- Without what stands behind a plus, whoever the provider is: sales+uk@ is sales@.
        {{ regex_replace(aliased_local_part('parted.local_part', 'aliases'), '[+].*$', '') }}
            as mailbox,
        anybodys_hosts.domain is not null and not parted.is_confirmed as needs_name
    from parted
    left join aliases
        on parted.host = aliases.domain
    left join anybodys_hosts
        on parted.host = anybodys_hosts.domain
),

candidates as (
    select distinct match_key as value from matched
),

blocked as (
    {{ blocked_values('candidates', 'email') }}
),

normalised as (
    select
        matched.written,
        matched.email,
        matched.host,
        {{ keyed_hash('matched.email') }} as email_hash,
        {{ keyed_hash('matched.match_key') }} as match_hash,
        matched.needs_name,
        case
            when matched.problem is not null then matched.problem
            when blocked.value is not null then 'identifier.email.blocked'
            when role_mailboxes.local_part is not null then 'identifier.email.role_mailbox'
        end as problem
    from matched
    left join blocked
        on matched.match_key = blocked.value
    left join role_mailboxes
        on matched.mailbox = role_mailboxes.local_part
)

select * from normalised
