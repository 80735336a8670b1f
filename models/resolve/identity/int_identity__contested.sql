-- Grain: one component in which a person would have more of something than a person has.
with components as (
    select node, component from {{ ref('int_identity__components') }}
),

exclusives as (
    select * from {{ ref('int_identity__exclusives') }}
),

-- Counting what differs is dear, seeing that something differs is not.
differing as (
    select components.component, exclusives.value_type
    from exclusives
    inner join components
        on exclusives.record_key = components.node
    group by components.component, exclusives.value_type
    having min(exclusives.value) <> max(exclusives.value)
),

exceeding as (
    select differing.component, differing.value_type
    from differing
    inner join components
        on differing.component = components.component
    inner join exclusives
        on components.node = exclusives.record_key and differing.value_type = exclusives.value_type
    group by differing.component, differing.value_type
    having count(distinct exclusives.value) > min(exclusives.value_limit)
),

contested as (
    select component, min(value_type) as first_value_type, count(*) as exceeded_limits
    from exceeding
    group by component
)

select * from contested
