-- Grain: one raw row of one of HubSpot's association or merge objects, as a link.
{{ config(materialized='view') }}

-- Object, the two entities and their ids, and the kind of link that HubSpot calls primary.
{% set associations = [
    ['contact_company', 'person', 'contact_id', 'account', 'company_id', "'HUBSPOT_DEFINED 1'"],
    ['deal_contact', 'opportunity', 'deal_id', 'person', 'contact_id', 'null'],
    ['deal_company', 'opportunity', 'deal_id', 'account', 'company_id', "'HUBSPOT_DEFINED 5'"],
    ['engagement_contact', 'activity', 'engagement_id', 'person', 'contact_id', 'null'],
    ['engagement_company', 'activity', 'engagement_id', 'account', 'company_id', 'null'],
    ['engagement_deal', 'activity', 'engagement_id', 'opportunity', 'deal_id', 'null'],
] %}

{% for object, from_object, from_id, to_object, to_id, primary_type in associations %}
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
    category || ' ' || type_id = {{ primary_type }} as is_primary
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
