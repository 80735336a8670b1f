-- Grain: one distinct way in which events say where they came from, in comparable words.
{% set parent, is_referral = [
    '^[^.]+[.](.+[.].+)$',
    'referrer_host is not null and not is_inside
            and coalesce(tagged_source, tagged_medium, touch_campaign) is null',
] %}

with written as (
    select * from {{ ref('int_touch__written') }}
),

referrers as (
    select * from {{ ref('policy_referrer') }} as policy
    where {{ in_force('policy') }}
),

suffixes as (
    select suffix from {{ ref('ref_public_suffix') }}
    where rule_type = 'exact'
),

words as (
    select * from {{ ref('policy_utm_value') }} as policy
    where {{ in_force('policy') }}
),

referred as (
    select
        written.touch_key,
        min(referrers.rule_rank) as rule_rank
    from written
    inner join referrers
        on {{ regex_matches_column('written.referrer_host', 'referrers.host_pattern') }}
    group by written.touch_key
),

worded as (
    select
        written.touch_key,
        written.referrer_host,
        referrers.source as referrer_source,
        referrers.medium as referrer_medium,
        coalesce(referrers.kind in ('own', 'payment', 'login'), false)
            or coalesce(
                written.referrer_host = written.page_host
                or written.referrer_host like '%.' || written.page_host
                or written.page_host like '%.' || written.referrer_host
                or (suffixes.suffix is null and {{ regex_extract('written.referrer_host', parent) }}
                    = {{ regex_extract('written.page_host', parent) }}),
                false
            ) as is_inside,
        coalesce(sources.value, written.source, click_ids.source) as tagged_source,
        coalesce(media.value, written.medium, click_ids.medium) as tagged_medium,
        coalesce(campaigns.value, written.campaign) as touch_campaign,
        written.content as touch_content,
        written.term as touch_term
    from written
    left join words as sources
        on sources.field = 'source' and written.source = sources.alias
    left join words as media
        on media.field = 'medium' and written.medium = media.alias
    left join words as campaigns
        on campaigns.field = 'campaign' and written.campaign = campaigns.alias
    left join {{ ref('ref_click_id') }} as click_ids
        on written.click_id_type = click_ids.click_id_type
    left join referred
        on written.touch_key = referred.touch_key
    left join referrers
        on referred.rule_rank = referrers.rule_rank
    left join suffixes
        on {{ regex_extract('written.page_host', parent) }} = suffixes.suffix
),

-- Tags say more than the referring site; where there is neither, nothing is invented.
told as (
    select
        *,
        case when {{ is_referral }} then coalesce(referrer_source, referrer_host)
            else tagged_source
        end as touch_source,
        case when {{ is_referral }} then coalesce(referrer_medium, 'referral')
            else tagged_medium
        end as touch_medium
    from worded
),

touches as (
    select
        *,
        case when coalesce(touch_source, touch_medium, touch_campaign) is not null then
            {{ source_key() }}
        end as source_id,
        coalesce(touch_source, touch_medium, touch_campaign) is not null and not is_inside
            as is_entry
    from told
)

select * from touches
