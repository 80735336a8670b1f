-- Grain: one cookie about which something was stated, with whether it may be linked to a person.
{{ config(materialized='view') }}

with statements as (
    select *, {{ stated_purpose() }} as about
    from {{ ref('int_consent__ledger') }}
    where contact_point_type = 'cookie'
),

policies as (
    select * from {{ ref('policy_stitching') }} as policy
    where identifier = 'anonymous_id' and {{ in_force('policy') }}
),

-- A denial of everything covers the purpose; a grant has to name it.
said as (
    select
        {{ contact_point_key('statements.contact_point') }} as cookie_key,
        case
            when statements.action in ('deny', 'withdraw', 'object', 'gpc')
                and statements.about in ('*', policies.consent_purpose)
                then coalesce(statements.captured_at, statements.heard_at)
        end as refused_at,
        case
            when statements.action in ('grant', 'confirm')
                and statements.about = policies.consent_purpose
                and statements.captured_at <= {{ as_of() }}
                then statements.captured_at
        end as granted_at
    from statements
    cross join policies
),

known as (
    select *, max(refused_at) over (partition by cookie_key) as last_refused_at
    from said
),

-- Ties deny.
answered as (
    select
        cookie_key,
        coalesce(max(granted_at) <= max(last_refused_at), max(last_refused_at) is not null)
            as is_refused,
        coalesce(max(granted_at) > max(last_refused_at), max(granted_at) is not null) as is_granted,
        min(case when granted_at > last_refused_at then granted_at end) as agreed_anew_at
    from known
    group by cookie_key
)

select * from answered
