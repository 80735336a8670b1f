-- Grain: one touch of a conversion's path and its share of the conversion by one model.
with milestones as (
    select conversion_id, level, min(lead_at) as lead_at
    from {{ ref('conversion_person') }}
    group by conversion_id, level
),

paths as (
    select
        path.*, conversions.converted_at, conversions.opportunity_created_at, conversions.currency,
        cast(conversions.amount as decimal(20, 2)) as amount, -- room for a product with a share
        milestones.lead_at,
        min(case when path.is_direct then 1 else 0 end) over (
            partition by path.conversion_id, path.level
        ) = 1 as is_all_direct
    from {{ ref('conversion_path') }} as path
    inner join {{ ref('conversion') }} as conversions
        on path.conversion_id = conversions.conversion_id
    left join milestones
        on path.conversion_id = milestones.conversion_id
            and path.level = milestones.level
),

candidates as (
    select
        paths.*,
        models.model, models.kind, models.first_weight, models.lead_weight,
        models.opportunity_weight, models.last_weight, models.middle_weight, models.half_life_days,
        row_number() over (
            partition by paths.conversion_id, paths.level, models.model order by paths.position
        ) as place,
        count(*) over (partition by paths.conversion_id, paths.level, models.model) as places,
        count(*) over (
            partition by paths.conversion_id, paths.level, models.model, paths.channel_group
        ) as places_of_channel
    from paths
    inner join {{ ref('policy_attribution_model') }} as models
        on {{ in_force('models', 'paths.converted_at') }}
    where paths.is_all_direct or not paths.is_direct or not models.leaves_out_direct
),

-- The touch of a milestone is the last one before it; one that is not on the path has no touch.
placed as (
    select
        candidates.*,
        max(case when touched_at <= lead_at then place end) over (
            partition by conversion_id, level, model
        ) as lead_place,
        max(case when touched_at <= opportunity_created_at then place end) over (
            partition by conversion_id, level, model
        ) as opportunity_place,
        max(touched_at) over (partition by conversion_id, level, model) as last_touched_at
    from candidates
),

held as (
    select
        placed.*,
        case when place = 1 then first_weight else 0 end
        + case when place = places then last_weight else 0 end
        + case when place = lead_place then lead_weight else 0 end
        + case when place = opportunity_place then opportunity_weight else 0 end as held_weight
    from placed
),

weighed as (
    select
        held.*,
        cast(case
            when kind = 'shapley' then 1.0 / places_of_channel
            when kind = 'time_decay' then power(
                0.5, coalesce({{ seconds_between('touched_at', 'last_touched_at') }}, 0)
                    / (86400.0 * half_life_days)
            )
            when held_weight > 0 then held_weight
            else 1.0 * middle_weight / sum(case when held_weight > 0 then 0 else 1 end) over (
                partition by conversion_id, level, model
            )
        end as decimal(18, 12)) as weight
    from held
),

-- Weights that find no touch go to the others in proportion; where none finds one, all are alike.
-- The last touch takes what rounding leaves, so that the shares are one.
shared as (
    select
        weighed.*,
        cast(round(coalesce(
            1.0 * sum(weight) over (partition by conversion_id, level, model order by place)
            / nullif(sum(weight) over (partition by conversion_id, level, model), 0),
            1.0 * place / places
        ), 12) as decimal(18, 12)) as share_so_far
    from weighed
),

credited as (
    select
        shared.*,
        coalesce(lag(share_so_far) over (
            partition by conversion_id, level, model order by place
        ), 0) as share_before
    from shared
)

select
    conversion_id,
    level,
    model,
    position,
    touchpoint_id,
    source_id,
    campaign,
    channel_group,
    cast(share_so_far - share_before as decimal(18, 12)) as credit,
    cast(
        round(amount * share_so_far, 2) - round(amount * share_before, 2) as decimal(18, 2)
    ) as revenue,
    currency,
    '{{ var("contract_version") }}' as _contract_version
from credited
