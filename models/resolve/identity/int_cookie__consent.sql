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

-- A denial of everything covers the purpose; a grant has to name it. Ties deny.
stated as (
    select
        {{ contact_point_key('statements.contact_point') }} as cookie_key,
        max(case
            when statements.action in ('deny', 'withdraw', 'object', 'gpc')
                and statements.about in ('*', policies.consent_purpose)
                then coalesce(statements.captured_at, statements.heard_at)
        end) as refused_at,
        max(case
            when statements.action in ('grant', 'confirm')
                and statements.about = policies.consent_purpose
                and statements.captured_at <= {{ as_of() }}
                then statements.captured_at
        end) as granted_at
    from statements
    cross join policies
    group by {{ contact_point_key('statements.contact_point') }}
),

answered as (
    select
        cookie_key,
        refused_at is not null and refused_at >= coalesce(granted_at, refused_at) as is_refused,
        granted_at is not null and granted_at > coalesce(
            refused_at, cast('1970-01-01' as {{ dbt.type_timestamp() }})
        ) as is_granted
    from stated
)

select * from answered
