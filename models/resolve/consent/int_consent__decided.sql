-- Grain: one contact point, purpose and channel about which something was stated.
with statements as (
    select * from {{ ref('int_consent__stated') }}
),

denials as (
    select * from {{ ref('int_consent__denials') }}
),

rules as (
    select * from {{ ref('int_consent__rules') }}
),

decided as (
    {{ consent_decision(as_of()) }}
)

select * from decided
