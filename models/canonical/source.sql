-- Grain: one distinct touch source: source, medium, campaign, content and term as normalised.
with touches as (
    select * from {{ ref('int_source__touches') }}
),

channels as (
    select * from {{ ref('int_source__channels') }} as policy
    where {{ in_force('policy') }}
)

select
    touches.source_id,
    touches.touch_source as source,
    touches.touch_medium as medium,
    touches.touch_campaign as campaign,
    touches.touch_content as content,
    touches.touch_term as term,
    coalesce(channels.channel_group, 'Unassigned') as channel_group,
    '{{ var("contract_version") }}' as _contract_version
from touches
left join channels
    on touches.source_id = channels.source_key
