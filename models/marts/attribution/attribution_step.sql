-- Grain: one pair of channels of which the second followed the first, and how likely it did.
with rules as (
    select * from {{ ref('policy_conversion') }} as policy
    where {{ in_force('policy') }}
),

conversions as (
    select * from {{ ref('conversion') }}
),

-- Who has converted: the people of a conversion, and its account.
converted as (
    select conversions.conversion_type, people.level, people.person_id as subject
    from {{ ref('conversion_person') }} as people
    inner join conversions
        on people.conversion_id = conversions.conversion_id
    union
    select conversion_type, 'account', account_id
    from conversions
),

levels as (
    select 'person' as level
    union all
    select 'account' as level
),

-- The touches of the last days, as many as the window has: a person's, and a firm's.
touches as (
    select
        rules.conversion_type, levels.level, touchpoint.touchpoint_id, touchpoint.touched_at,
        touchpoint.channel_group,
        case when levels.level = 'account' then touchpoint.account_id end as account_id,
        touchpoint.person_id
    from {{ ref('touchpoint') }} as touchpoint
    inner join rules
        on touchpoint.touched_at > {{ dbt.dateadd('day', '-1 * rules.window_days', as_of()) }}
    cross join levels
    where touchpoint.is_marketing
),

walks as (
    select
        conversions.conversion_type, path.level, path.conversion_id as walk, path.position,
        path.channel_group, true as has_converted
    from {{ ref('conversion_path') }} as path
    inner join conversions
        on path.conversion_id = conversions.conversion_id
    where path.touchpoint_id is not null
    union all
    select
        touches.conversion_type, touches.level,
        coalesce(touches.account_id, touches.person_id),
        row_number() over (
            partition by touches.conversion_type, touches.level,
                coalesce(touches.account_id, touches.person_id)
            order by touches.touched_at, touches.touchpoint_id
        ), touches.channel_group, false
    from touches
    left join converted as people
        on touches.conversion_type = people.conversion_type
            and touches.level = people.level
            and touches.person_id = people.subject
    left join converted as accounts
        on touches.conversion_type = accounts.conversion_type
            and touches.level = accounts.level
            and touches.account_id = accounts.subject
    where people.subject is null and accounts.subject is null
),

steps as (
    select
        conversion_type, level, channel_group as to_state,
        coalesce(lag(channel_group) over (
            partition by conversion_type, level, walk order by position
        ), '(start)') as from_state
    from walks
    union all
    select conversion_type, level, '(conversion)', channel_group
    from (
        select
            walks.*,
            row_number() over (
                partition by conversion_type, level, walk order by position desc
            ) as place_from_end
        from walks
    ) as numbered
    where has_converted and place_from_end = 1
),

leavings as (
    select conversion_type, level, channel_group as from_state, count(*) as step_count
    from walks
    group by conversion_type, level, channel_group
    union all
    select conversion_type, level, '(start)', count(*)
    from walks
    where position = 1
    group by conversion_type, level
)

select
    steps.conversion_type,
    steps.level,
    steps.from_state,
    steps.to_state,
    count(*) as step_count,
    round(1.0 * count(*) / min(leavings.step_count), 15) as probability,
    '{{ var("contract_version") }}' as _contract_version
from steps
inner join leavings
    on steps.conversion_type = leavings.conversion_type
        and steps.level = leavings.level
        and steps.from_state = leavings.from_state
group by steps.conversion_type, steps.level, steps.from_state, steps.to_state
