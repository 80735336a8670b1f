-- Grain: two values of int_identity__names in one component that can be one person's names, in each
-- direction once. Two anchors agree if any of their names do, or if a third one bears both: whom a
-- login, a merge in its system or a decision knows by two names, other records may know by either.
{{ config(
    materialized='incremental',
    incremental_strategy='append',
    on_schema_change='fail',
    pre_hook="{{ forget_stirred('value') }}",
) }}

with written as (
    select distinct names.component, names.value, names.given_name, names.last_name
    from {{ ref('int_identity__names') }} as names
    inner join {{ ref('int_identity__stirred') }} as looked_at
        on names.record_key = looked_at.node
),

names as (
    select distinct
        component,
        value,
        given_name,
        coalesce({{ given_name('last_name') }}, '') as last_name
    from written
),

nicknames as (
    {{ forms_of_one_name() }}
),

borne_together as (
    select distinct
        one_name.component,
        one_name.given_name as left_name,
        other_name.given_name as right_name
    from names as one_name
    inner join names as other_name
        on one_name.component = other_name.component
            and one_name.value = other_name.value
            and one_name.given_name <> other_name.given_name
),

agreements as (
    select distinct
        left_side.component,
        left_side.value,
        right_side.value as other_value
    from names as left_side
    inner join names as right_side
        on left_side.component = right_side.component and left_side.value < right_side.value
    left join nicknames
        on left_side.given_name = nicknames.left_name
            and right_side.given_name = nicknames.right_name
    left join borne_together
        on left_side.component = borne_together.component
            and left_side.given_name = borne_together.left_name
            and right_side.given_name = borne_together.right_name
    where nicknames.left_name is not null
        or borne_together.left_name is not null
        or {{ names_agree('left_side', 'right_side') }}
)

select component, value, other_value from agreements
union all
select component, other_value as value, value as other_value from agreements
