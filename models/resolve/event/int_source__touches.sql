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

paid_touches as (
    select distinct
        source_id,
        touch_source,
        touch_medium,
        touch_campaign,
        touch_content,
        touch_term
    from {{ ref('int_campaign_cost__named') }}
    where source_id is not null
),

touches as (
    select * from event_touches
    union
    select * from person_touches
    union
    select * from paid_touches
)

select * from touches
