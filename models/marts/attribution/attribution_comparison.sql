-- Grain: one channel's part of a type of conversions by one model and, for deals, in one currency.
with conversions as (
    select * from {{ ref('conversion') }}
),

credits as (
    select
        conversions.conversion_type, credits.level, credits.model, credits.channel_group,
        credits.currency, sum(credits.credit) as credit, sum(credits.revenue) as revenue
    from {{ ref('attribution_credit') }} as credits
    inner join conversions
        on credits.conversion_id = conversions.conversion_id
    group by
        conversions.conversion_type, credits.level, credits.model, credits.channel_group,
        credits.currency
),

totals as (
    select
        conversions.conversion_type,
        path.level,
        conversions.currency,
        path.channel_group = '(none)' as is_untouched,
        count(*) as conversion_count,
        cast(sum(conversions.amount) as decimal(20, 2)) as amount
    from conversions
    inner join {{ ref('conversion_path') }} as path
        on conversions.conversion_id = path.conversion_id
    where path.position = 1
    group by
        conversions.conversion_type, path.level, conversions.currency,
        path.channel_group = '(none)'
),

-- Shares by removal effect hold for all conversions with a touch together. A channel has what is
-- shared out up to it less what is shared out before it, so that no cent is lost.
markov as (
    select
        totals.*,
        coalesce(effects.channel_group, '(none)') as channel_group,
        coalesce(cast(round(
            1.0 * sum(effects.share) over (way order by effects.channel_group)
                / sum(effects.share) over way, 12
        ) as decimal(18, 12)), 1) as share_so_far
    from totals
    left join {{ ref('attribution_removal_effect') }} as effects
        on case when not totals.is_untouched then totals.conversion_type end
                = effects.conversion_type
            and totals.level = effects.level
    window way as (
        partition by totals.conversion_type, totals.level, totals.currency, totals.is_untouched
    )
),

shared as (
    select *, coalesce(lag(share_so_far) over (
        partition by conversion_type, level, currency, is_untouched order by channel_group
    ), 0) as share_before
    from markov
),

compared as (
    select * from credits
    union all
    select
        conversion_type, level, 'markov', channel_group, currency,
        conversion_count * (share_so_far - share_before),
        round(amount * share_so_far, 2) - round(amount * share_before, 2)
    from shared
)

select
    {{ surrogate_key('atc', [
        'conversion_type', 'level', 'model', 'channel_group', "coalesce(currency, '')"
    ]) }} as attribution_comparison_id,
    conversion_type,
    level,
    model,
    channel_group,
    cast(credit as decimal(26, 12)) as credit,
    cast(revenue as decimal(18, 2)) as revenue,
    currency,
    '{{ var("contract_version") }}' as _contract_version
from compared
