-- Grain: one channel and the part of conversions that would be lost if nobody came by it any more.
with visits as (
    select * from {{ ref('attribution_visit') }}
),

steps as (
    select distinct conversion_type, level, conversion_type || ':' || level as chain
    from {{ ref('attribution_step') }}
),

-- A walk that ever comes by the channel counts on it: how likely it comes by, times how likely it
-- converts from there.
effects as (
    select
        steps.conversion_type,
        steps.level,
        from_start.to_state as channel_group,
        cast(round(
            from_start.visits / returns.visits * converts.visits / conversions.visits, 12
        ) as decimal(18, 12)) as removal_effect
    from steps
    inner join visits as from_start
        on steps.chain = from_start.chain
            and from_start.from_state = '(start)'
            and from_start.to_state not in ('(start)', '(conversion)')
    inner join visits as returns
        on from_start.chain = returns.chain
            and from_start.to_state = returns.from_state
            and from_start.to_state = returns.to_state
    inner join visits as converts
        on from_start.chain = converts.chain
            and from_start.to_state = converts.from_state
            and converts.to_state = '(conversion)'
    inner join visits as conversions
        on from_start.chain = conversions.chain
            and conversions.from_state = '(start)'
            and conversions.to_state = '(conversion)'
)

select
    conversion_type,
    level,
    channel_group,
    removal_effect,
    cast(round(
        1.0 * removal_effect / sum(removal_effect) over (partition by conversion_type, level), 12
    ) as decimal(18, 12)) as share,
    '{{ var("contract_version") }}' as _contract_version
from effects
