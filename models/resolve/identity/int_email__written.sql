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

parted as (
    select
        written,
        address,
        {{ email_problem('address') }} as problem,
        {{ regex_extract('address', '^([^@]*)@') }} as local_part,
        {{ regex_extract('address', '@([^@]*)$') }} as host
    from cleaned
)

select * from parted
