-- Grain: one touch on the way to a conversion, in its place; or one row that says there was none.
with conversions as (
    select * from {{ ref('conversion') }}
),

people as (
    select * from {{ ref('conversion_person') }}
),

touches as (
    select touchpoint.*, source.campaign
    from {{ ref('touchpoint') }} as touchpoint
    left join {{ ref('source') }} as source
        on touchpoint.source_id = source.source_id
    where touchpoint.is_marketing
),

reached as (
    select
        people.conversion_id,
        people.level,
        touches.*,
        -- A mailing that a whole firm opens on one day may count as one touch of the firm.
        case
            when conversions.once_per_campaign_day and people.level = 'account'
                and touches.campaign is not null
                then touches.campaign || ' '
                    || cast(cast(touches.touched_at as date) as {{ dbt.type_string() }})
            else touches.touchpoint_id
        end as counted_as
    from people
    inner join conversions
        on people.conversion_id = conversions.conversion_id
    inner join touches
        on people.person_id = touches.person_id
            and {{ holds_at('people', 'touches.touched_at') }}
            and touches.touched_at <= conversions.converted_at
            and touches.touched_at > {{ dbt.dateadd(
                'day', '-1 * conversions.window_days', 'conversions.converted_at'
            ) }}
),

counted as (
    select
        *,
        row_number() over (
            partition by conversion_id, level, counted_as order by touched_at, touchpoint_id
        ) as copy
    from reached
),

levels as (
    select 'person' as level
    union all
    select 'account' as level
)

select
    conversions.conversion_id,
    levels.level,
    cast(row_number() over (
        partition by conversions.conversion_id, levels.level
        order by counted.touched_at, counted.touchpoint_id
    ) as {{ dbt.type_int() }}) as position,
    cast(count(*) over (
        partition by conversions.conversion_id, levels.level
    ) as {{ dbt.type_int() }}) as path_length,
    counted.touchpoint_id,
    counted.person_id,
    counted.touched_at,
    counted.source_id,
    counted.campaign,
    coalesce(counted.channel_group, '(none)') as channel_group,
    coalesce(counted.is_direct, false) as is_direct,
    '{{ var("contract_version") }}' as _contract_version
from conversions
cross join levels
left join counted
    on conversions.conversion_id = counted.conversion_id
        and levels.level = counted.level
        and counted.copy = 1
