-- Grain: one deal and how marketing came into it before it was opened.
with openings as (
    select * from {{ ref('conversion') }}
    where conversion_type = 'opportunity'
),

paths as (
    select * from {{ ref('conversion_path') }}
    where level = 'account' and touchpoint_id is not null
),

deals as (
    select * from {{ ref('opportunity') }}
),

touched as (
    select
        openings.opportunity_id,
        count(paths.touchpoint_id) as touch_count,
        count(distinct paths.person_id) as person_count,
        min(case when paths.position = 1 then paths.touched_at end) as first_touched_at,
        min(case when paths.position = 1 then paths.channel_group end) as first_channel_group,
        min(case when paths.position = paths.path_length then paths.channel_group end)
            as last_channel_group,
        count(paths.campaign) > 0 as has_touched_campaign
    from openings
    left join paths
        on openings.conversion_id = paths.conversion_id
    group by openings.opportunity_id
)

select
    touched.opportunity_id,
    deals.account_id,
    touched.touch_count > 0 as is_marketing_touched,
    cast(touched.touch_count as {{ dbt.type_int() }}) as touch_count,
    cast(touched.person_count as {{ dbt.type_int() }}) as person_count,
    touched.first_touched_at,
    touched.first_channel_group,
    touched.last_channel_group,
    deals.primary_campaign_id,
    touched.touch_count > 0 and deals.primary_campaign_id is null
        and not touched.has_touched_campaign as lacks_campaign,
    '{{ var("contract_version") }}' as _contract_version
from touched
inner join deals
    on touched.opportunity_id = deals.opportunity_id
