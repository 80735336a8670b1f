-- Grain: one e-mail address as a person record or an event wrote it, taken apart.
{{ config(materialized='view') }}

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

-- Whoever answers the mail of a double opt-in reads the mailbox.
confirmed as (
    select distinct {{ written_email('contact_point') }} as address
    from {{ ref('int_consent__checked') }}
    where disposition = 'accepted' and contact_point_type = 'email' and action = 'confirm'
),

parted as (
    select
        cleaned.written,
        cleaned.address,
        {{ email_problem('cleaned.address') }} as problem,
        {{ regex_extract('cleaned.address', '^([^@]*)@') }} as local_part,
        {{ regex_extract('cleaned.address', '@([^@]*)$') }} as host,
        confirmed.address is not null as is_confirmed
    from cleaned
    left join confirmed
        on cleaned.address = confirmed.address
)

select * from parted
