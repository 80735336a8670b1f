-- Grain: one value of a record of which a person may have only so many, in a component in which a
-- person would have more.
with components as (
    select node, component from {{ ref('int_identity__components') }}
),

exclusives as (
    select
        components.component,
        exclusives.record_key,
        exclusives.value_type,
        exclusives.value,
        exclusives.value_limit
    from {{ ref('int_identity__exclusives') }} as exclusives
    inner join components
        on exclusives.record_key = components.node
),

-- Counting what differs is dear, seeing that something differs is not.
differing as (
    select component, value_type
    from exclusives
    group by component, value_type
    having min(value) <> max(value)
),

exceeding as (
    select exclusives.component
    from exclusives
    inner join differing
        on exclusives.component = differing.component
            and exclusives.value_type = differing.value_type
    group by exclusives.component, exclusives.value_type
    having count(distinct exclusives.value) > min(exclusives.value_limit)
),

contested as (
    select distinct component from exceeding
)

select
    exclusives.record_key,
    exclusives.component,
    exclusives.value_type,
    exclusives.value,
    exclusives.value_limit
from exclusives
inner join contested
    on exclusives.component = contested.component
