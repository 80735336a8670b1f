-- Grain: one distinct touch source: source, medium, campaign, content and term as normalised.
with event_touches as (
    select distinct
        source_id,
        touch_source,
        touch_medium,
        touch_campaign,
        touch_content,
        touch_term
    from {{ ref('int_event__touches') }}
    where source_id is not null
),

person_touches as (
    select distinct
        acquisition_source_id as source_id,
        touch_source,
        touch_medium,
        touch_campaign,
        touch_content,
        touch_term
    from {{ ref('int_person__acquired') }}
    where acquisition_source_id is not null
),

touches as (
    select * from event_touches
    union
    select * from person_touches
),

categories as (
    select * from {{ ref('ref_channel_source') }}
),

rules as (
    select * from {{ ref('policy_channel_group') }} as policy
    where {{ in_force('policy') }}
),

matched as (
    select
        touches.source_id,
        min(rules.rule_rank) as rule_rank
    from touches
    left join categories
        on touches.touch_source = categories.source
    inner join rules
        on (rules.source_category is null or rules.source_category = categories.category)
            and (rules.source_pattern is null
                or {{ regex_matches_column(
                    "coalesce(touches.touch_source, '(direct)')", 'rules.source_pattern'
                ) }})
            and (rules.medium_pattern is null
                or {{ regex_matches_column(
                    "coalesce(touches.touch_medium, '(none)')", 'rules.medium_pattern'
                ) }})
            and (rules.campaign_pattern is null
                or {{ regex_matches_column(
                    "coalesce(touches.touch_campaign, '')", 'rules.campaign_pattern'
                ) }})
    group by touches.source_id
)

select
    touches.source_id,
    touches.touch_source as source,
    touches.touch_medium as medium,
    touches.touch_campaign as campaign,
    touches.touch_content as content,
    touches.touch_term as term,
    coalesce(rules.channel_group, 'Unassigned') as channel_group,
    '{{ var("contract_version") }}' as _contract_version
from touches
left join matched
    on touches.source_id = matched.source_id
left join rules
    on matched.rule_rank = rules.rule_rank
