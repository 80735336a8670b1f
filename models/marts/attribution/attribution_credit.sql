-- Grain: one touch of a conversion's path and its share of the conversion by one model.
with milestones as (
    select conversion_id, level, min(lead_at) as lead_at
    from {{ ref('conversion_person') }}
    group by conversion_id, level
),

-- Numbers in place of ids: what follows sorts one row for each touch and model.
paths as (
    select
        path.*, conversions.converted_at, conversions.opportunity_created_at, conversions.amount,
        conversions.currency, milestones.lead_at,
        dense_rank() over (order by path.conversion_id, path.level) as path_number,
        row_number() over (order by path.conversion_id, path.level, path.position) as touch_number,
        min(case when path.is_direct then 1 else 0 end) over (
            partition by path.conversion_id, path.level
        ) = 1 as is_all_direct
    from {{ ref('conversion_path') }} as path
    inner join {{ ref('conversion') }} as conversions
        on path.conversion_id = conversions.conversion_id
    left join milestones
        on path.conversion_id = milestones.conversion_id and path.level = milestones.level
),

ways as (
    select distinct leaves_out_direct from {{ ref('policy_attribution_model') }}
),

-- What models ask of a touch's place is the same for all of them that count the same touches. The
-- touch of a milestone is the last one before it; one that is not on the path has no touch.
placed as (
    select
        path_number, touch_number, position, touched_at, converted_at, ways.leaves_out_direct,
        row_number() over way_in_order as place,
        count(*) over way as places,
        count(*) over (partition by path_number, leaves_out_direct, channel_group)
            as places_of_channel,
        max(case when touched_at <= lead_at then position end) over way as lead_position,
        max(case when touched_at <= opportunity_created_at then position end) over way
            as deal_position,
        max(touched_at) over way as last_touched_at
    from paths cross join ways
    where paths.is_all_direct or not paths.is_direct or not ways.leaves_out_direct
    window
        way as (partition by path_number, leaves_out_direct),
        way_in_order as (partition by path_number, leaves_out_direct order by position)
),

held as (
    select
        path_number, touch_number, models.model, place, places, models.middle_weight,
        case when place = 1 then models.first_weight else 0 end
        + case when place = places then models.last_weight else 0 end
        + case when position = lead_position then models.lead_weight else 0 end
        + case when position = deal_position then models.opportunity_weight else 0 end
            as held_weight,
        case
            when models.kind = 'shapley' then 1.0 / placed.places_of_channel
            when models.kind = 'time_decay' then power(0.5, coalesce(
                {{ seconds_between('touched_at', 'last_touched_at') }}, 0
            ) / (86400.0 * models.half_life_days))
        end as own_weight
    from placed
    inner join {{ ref('policy_attribution_model') }} as models
        on placed.leaves_out_direct = models.leaves_out_direct
            and {{ in_force('models', 'placed.converted_at') }}
),

weighed as (
    select
        path_number, touch_number, model, place, places,
        cast(case
            when own_weight is not null then own_weight
            when held_weight > 0 then held_weight
            else 1.0 * middle_weight / sum(case when held_weight > 0 then 0 else 1 end) over (
                partition by path_number, model
            )
        end as decimal(18, 12)) as weight
    from held
),

-- Weights that find no touch go to the others in proportion; where none finds one, all are alike.
summed as (
    select
        weighed.*,
        sum(weight) over (partition by path_number, model order by place) as weight_so_far,
        sum(weight) over (partition by path_number, model) as all_weight
    from weighed
),

-- What a touch has is what is shared out up to it less what is shared out before it, so that the
-- shares of a path are one and their money is the whole amount, whatever is rounded.
shared as (
    select
        touch_number, model,
        cast(round(
            coalesce(1.0 * weight_so_far / nullif(all_weight, 0), 1.0 * place / places), 12
        ) as decimal(18, 12)) as share_so_far,
        cast(round(coalesce(
            1.0 * (weight_so_far - weight) / nullif(all_weight, 0), 1.0 * (place - 1) / places
        ), 12) as decimal(18, 12)) as share_before
    from summed
)

select
    paths.conversion_id, paths.level, shared.model, paths.position,
    paths.touchpoint_id, paths.source_id, paths.campaign, paths.channel_group,
    cast(shared.share_so_far - shared.share_before as decimal(18, 12)) as credit,
    cast(
        round(cast(paths.amount as decimal(20, 2)) * shared.share_so_far, 2)
        - round(cast(paths.amount as decimal(20, 2)) * shared.share_before, 2)
    as decimal(18, 2)) as revenue,
    paths.currency,
    '{{ var("contract_version") }}' as _contract_version
from shared
inner join paths on shared.touch_number = paths.touch_number
