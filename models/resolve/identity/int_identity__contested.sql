-- Grain: one value of a record of which a person may have only so many, or that has to agree with
-- the person's others, in a component that could not be one person; one row too for a component of
-- more records than a person may have anchors. Only of components that this build looks at.
{{ config(packed=false) }}

with exclusives as (
    select
        stirred.component,
        exclusives.record_key,
        exclusives.value_type,
        exclusives.value,
        exclusives.value_limit
    from {{ ref('int_identity__exclusives') }} as exclusives
    inner join {{ ref('int_identity__stirred') }} as stirred
        on exclusives.record_key = stirred.node
    where stirred.component is not null
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

limits as (
    select max(max_anchors) as max_anchors
    from {{ ref('policy_identifier_type') }} as policy
    where id_type = 'person' and {{ in_force('policy') }}
),

crowded as (
    select stirred.component, limits.max_anchors
    from {{ ref('int_identity__stirred') }} as stirred
    cross join limits
    where stirred.component is not null
    group by stirred.component, limits.max_anchors
    having count(*) > limits.max_anchors
),

-- Where every two values agree, each has an agreement with all others.
named as (
    select names.component, count(distinct names.value) as value_count
    from {{ ref('int_identity__names') }} as names
    inner join {{ ref('int_identity__stirred') }} as stirred
        on names.record_key = stirred.node
    group by names.component
    having count(distinct names.value) > 1
),

agreeing as (
    select component, count(*) as agreement_count
    from {{ ref('int_identity__agreements') }}
    group by component
),

contested as (
    select component from exceeding
    union
    select named.component
    from named
    left join agreeing
        on named.component = agreeing.component
    where named.value_count * (named.value_count - 1) > coalesce(agreeing.agreement_count, 0)
    union
    select component from crowded
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
union all
select
    names.record_key,
    names.component,
    'first_name' as value_type,
    names.value,
    cast(null as {{ dbt.type_int() }}) as value_limit
from {{ ref('int_identity__names') }} as names
inner join contested
    on names.component = contested.component
union all
select
    component as record_key,
    component,
    'person' as value_type,
    component as value,
    max_anchors as value_limit
from crowded
