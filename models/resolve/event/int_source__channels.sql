-- Grain: one source, or none (`direct`), and one period in which its channel is the same policy's.
with sources as (
    select
        source_id as source_key, coalesce(touch_source, '(not set)') as touch_source,
        touch_medium, touch_campaign
    from {{ ref('int_source__touches') }}
    union all
    select
        'direct' as source_key,
        '(direct)' as touch_source,
        cast(null as {{ dbt.type_string() }}) as touch_medium,
        cast(null as {{ dbt.type_string() }}) as touch_campaign
),

categories as (
    select * from {{ ref('ref_channel_source') }}
),

rules as (
    select * from {{ ref('policy_channel_group') }}
),

days as (
    select valid_from from rules
    union
    select valid_to as valid_from from rules where valid_to is not null
),

periods as (
    select
        valid_from,
        lead(valid_from) over (order by valid_from) as valid_to
    from days
),

fitting as (
    select
        sources.source_key,
        rules.rule_rank,
        rules.valid_from,
        rules.valid_to
    from sources
    left join categories
        on sources.touch_source = categories.source
    inner join rules
        on (rules.source_category is null or rules.source_category = categories.category)
            and (rules.source_pattern is null
                or {{ regex_matches_column('sources.touch_source', 'rules.source_pattern') }})
            and (rules.medium_pattern is null
                or {{ regex_matches_column(
                    "coalesce(sources.touch_medium, '(none)')", 'rules.medium_pattern'
                ) }})
            and (rules.campaign_pattern is null
                or {{ regex_matches_column(
                    "coalesce(sources.touch_campaign, '')", 'rules.campaign_pattern'
                ) }})
),

first_fitting as (
    select
        fitting.source_key,
        periods.valid_from,
        periods.valid_to,
        min(fitting.rule_rank) as rule_rank
    from fitting
    inner join periods
        on {{ in_force('fitting', 'periods.valid_from') }}
    group by fitting.source_key, periods.valid_from, periods.valid_to
),

channels as (
    select
        first_fitting.source_key,
        rules.channel_group,
        first_fitting.valid_from,
        first_fitting.valid_to
    from first_fitting
    inner join rules
        on first_fitting.rule_rank = rules.rule_rank
            and {{ in_force('rules', 'first_fitting.valid_from') }}
)

select * from channels
