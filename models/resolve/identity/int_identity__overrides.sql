-- Grain: one decision about two records, or about one that is to stand alone, in force today.
{{ config(
    materialized='table',
    post_hook="{{ stop_at_contradictory_overrides() }}",
) }}

with overrides as (
    select
        override_id,
        action,
        trim(record_a) as record_a,
        nullif(trim(record_b), '') as record_b
    from {{ ref('policy_identity_override') }} as policy
    where {{ in_force('policy') }}
),

kept_together as (
    {{ kept_together() }}
)

select * from overrides
union all
select * from kept_together
