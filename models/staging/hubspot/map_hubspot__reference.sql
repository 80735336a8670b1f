-- Grain: one raw row of a HubSpot object that others only look up.
{{ config(materialized='view') }}

-- Object, kind, id, time of the last change and label. What was done in an engagement stands in
-- map_hubspot__activity, and which deal a merged one went into, or what one was before, in
-- map_hubspot__opportunity.
{% set objects = [
    ['owner', 'owner', 'id', 'updated_at',
        "coalesce(nullif(trim(coalesce(first_name, '') || ' ' || coalesce(last_name, '')), ''), email)"],
    ['deal_pipeline_stage', 'pipeline_stage', 'stage_id', 'updated_at', 'label'],
    ['form', 'form', 'guid', 'updated_at', 'name'],
    ['email_campaign', 'campaign', 'id', 'null', 'name'],
    ['engagement', 'engagement', 'engagement_id', 'hs_lastmodifieddate', 'type'],
    ['merged_deal', 'merge', "merged_deal_id || ':' || deal_id", 'null', 'deal_id'],
    ['deal_property_history', 'deal_change',
        "deal_id || ':' || property_name || ':' || _content_hash", 'changed_at', 'property_name'],
] %}

{% for object, kind, id, updated_at, label in objects %}
select
    {{ provenance(
        'hubspot', object, record_id=id, updated_at=updated_at, is_deleted='is_deleted'
    ) }},
    '{{ kind }}' as kind,
    {{ label }} as label
from {{ ref('stg_hubspot__' ~ object) }}
{{ 'union all' if not loop.last }}
{% endfor %}
