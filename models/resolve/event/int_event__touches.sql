-- Grain: one distinct way in which events say where they came from, in comparable words.
{% set is_referral = 'referrer_host is not null and not is_inside
            and coalesce(tagged_source, tagged_medium, touch_campaign) is null' %}

with events as (
    select * from {{ ref('int_event__checked') }}
    where is_current
),

campaigns as (
    select source_system, source_record_id, max(label) as label
    from {{ ref('int_reference__checked') }}
    where kind = 'campaign' and is_current
    group by source_system, source_record_id
),

referrers as (
    select * from {{ ref('policy_referrer') }} as policy
    where {{ in_force('policy') }}
),

written as (
    select
        {{ touch_key('events') }} as touch_key,
        max(source_system) as source_system,
        max(campaign_record_id) as campaign_record_id,
        max(source) as source,
        max(medium) as medium,
        max(campaign) as campaign,
        max(content) as content,
        max(term) as term,
        max(case when click_id is not null then 1 else 0 end) = 1 as has_click_id,
        max({{ address_host('referrer') }}) as referrer_host,
        max({{ address_host('page_location') }}) as page_host
    from events
    group by {{ touch_key('events') }}
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
                or written.page_host like '%.' || written.referrer_host,
                false
            ) as is_inside,
        coalesce(
            {{ touch_word('written.source') }}, case when written.has_click_id then 'google' end
        ) as tagged_source,
        coalesce(
            {{ medium_word('written.medium') }}, case when written.has_click_id then 'cpc' end
        ) as tagged_medium,
        {{ touch_word('coalesce(written.campaign, campaigns.label)') }} as touch_campaign,
        {{ touch_word('written.content') }} as touch_content,
        {{ touch_word('written.term') }} as touch_term
    from written
    left join campaigns
        on written.source_system = campaigns.source_system
            and written.campaign_record_id = campaigns.source_record_id
    left join referred
        on written.touch_key = referred.touch_key
    left join referrers
        on referred.rule_rank = referrers.rule_rank
    where written.touch_key is not null
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
