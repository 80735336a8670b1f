-- Grain: one version of a person record that names a corporate domain by its e-mail address.
with records as (
    select * from {{ ref('int_person__checked') }}
    where disposition = 'accepted' and not coalesce(is_deleted, false)
),

-- A role mailbox joins no people, but it does say which firm it belongs to.
emails as (
    select * from {{ ref('int_email__normalised') }}
    where host is not null
        and (problem is null or problem = 'identifier.email.role_mailbox')
),

domains as (
    select * from {{ ref('int_domain__registrable') }}
    where is_corporate
),

work_domains as (
    select
        records.raw_row_id,
        records.record_key,
        records.company_name,
        coalesce(records.created_at, records.record_updated_at) as known_since,
        domains.domain
    from records
    inner join emails
        on records.email = emails.written
    inner join domains
        on emails.host = domains.host
)

select * from work_domains
