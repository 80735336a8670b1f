-- Grain: one raw row of one of HubSpot's association or merge objects, as a link.
{{ config(materialized='view') }}

-- Object, the two entities and their ids, and HubSpot's number of the primary link of that kind.
{% set associations = [
    ['contact_company', 'person', 'contact_id', 'account', 'company_id', '1'],
    ['deal_contact', 'opportunity', 'deal_id', 'person', 'contact_id', none],
    ['deal_company', 'opportunity', 'deal_id', 'account', 'company_id', '5'],
    ['engagement_contact', 'activity', 'engagement_id', 'person', 'contact_id', none],
    ['engagement_company', 'activity', 'engagement_id', 'account', 'company_id', none],
    ['engagement_deal', 'activity', 'engagement_id', 'opportunity', 'deal_id', none],
] %}

{% for object, from_object, from_id, to_object, to_id, primary_type in associations %}
{% set pair = from_id ~ " || ':' || " ~ to_id ~ " || coalesce(':' || type_id, '')" %}
select
    {{ provenance('hubspot', object, record_id="'" ~ object ~ ":' || " ~ pair, is_deleted='is_deleted') }},
    '{{ from_object }}' as from_object,
    {{ from_id }} as from_record_id,
    '{{ to_object }}' as to_object,
    {{ to_id }} as to_record_id,
    label as role,
    {% if primary_type %}
    type_id = '{{ primary_type }}' and category = 'HUBSPOT_DEFINED' as is_primary
    {% else %}
    cast(null as boolean) as is_primary
    {% endif %}
from {{ ref('stg_hubspot__' ~ object) }}

union all
{% endfor %}

select
    {{ provenance('hubspot', 'contact_merge_audit', record_id="'merge:' || vid_to_merge || ':' || canonical_vid", updated_at='merged_at') }},
    'person' as from_object,
    vid_to_merge as from_record_id,
    'person' as to_object,
    canonical_vid as to_record_id,
    'merged_into' as role,
    cast(null as boolean) as is_primary
from {{ ref('stg_hubspot__contact_merge_audit') }}

union all

select
    {{ provenance('hubspot', 'merged_deal', record_id="'merge:' || merged_deal_id || ':' || deal_id") }},
    'opportunity' as from_object,
    merged_deal_id as from_record_id,
    'opportunity' as to_object,
    deal_id as to_record_id,
    'merged_into' as role,
    cast(null as boolean) as is_primary
from {{ ref('stg_hubspot__merged_deal') }}
