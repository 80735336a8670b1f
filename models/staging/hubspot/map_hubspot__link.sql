-- Grain: one raw row of one of HubSpot's association or merge objects, as a link.
{{ config(materialized='view') }}

-- Object, the two entities and their ids, and when HubSpot calls the link primary.
{% set associations = [
    ['contact_company', 'person', 'contact_id', 'account', 'company_id',
        "category = 'HUBSPOT_DEFINED' and type_id = '1'"],
    ['deal_contact', 'opportunity', 'deal_id', 'person', 'contact_id', 'null'],
    ['deal_company', 'opportunity', 'deal_id', 'account', 'company_id',
        "category = 'HUBSPOT_DEFINED' and type_id = '5'"],
    ['engagement_contact', 'activity', 'engagement_id', 'person', 'contact_id', 'null'],
    ['engagement_company', 'activity', 'engagement_id', 'account', 'company_id', 'null'],
    ['engagement_deal', 'activity', 'engagement_id', 'opportunity', 'deal_id', 'null'],
] %}

{% for object, from_object, from_id, to_object, to_id, is_primary in associations %}
select
    {{ provenance(
        'hubspot', object, is_deleted='is_deleted',
        record_id="'" ~ object ~ ":' || " ~ from_id ~ " || ':' || " ~ to_id
            ~ " || coalesce(':' || type_id, '')"
    ) }},
    '{{ from_object }}' as from_object,
    {{ from_id }} as from_record_id,
    '{{ to_object }}' as to_object,
    {{ to_id }} as to_record_id,
    label as role,
    {{ is_primary }} as is_primary
from {{ ref('stg_hubspot__' ~ object) }}

union all
{% endfor %}

select
    {{ provenance(
        'hubspot', 'contact_merge_audit',
        record_id="'merge:' || vid_to_merge || ':' || canonical_vid", updated_at='merged_at'
    ) }},
    'person' as from_object,
    vid_to_merge as from_record_id,
    'person' as to_object,
    canonical_vid as to_record_id,
    'merged_into' as role,
    cast(null as boolean) as is_primary
from {{ ref('stg_hubspot__contact_merge_audit') }}
