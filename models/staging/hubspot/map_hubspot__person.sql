-- Grain: one raw row of HubSpot's contact object, as a person.
{{ config(materialized='view') }}

with

merges as (
    select
        vid_to_merge as loser_id,
        canonical_vid as survivor_id,
        row_number() over (
            partition by vid_to_merge
            order by merged_at desc nulls last, canonical_vid
        ) as nth_latest
    from {{ ref('stg_hubspot__contact_merge_audit') }}
)

select
    {{ provenance(
        'hubspot', 'contact', record_id='id',
        updated_at='lastmodifieddate', is_deleted='is_deleted'
    ) }},
    email,
    hs_additional_emails as additional_emails,
    coalesce(phone, mobilephone) as phone,
    firstname as first_name,
    lastname as last_name,
    jobtitle as job_title,
    company as company_name,
    associatedcompanyid as company_record_id,
    address as street,
    city,
    state as region,
    zip as postcode,
    coalesce(country, hs_country_region_code) as country,
    date_of_birth,
    user_id,
    -- HubSpot's own export has labels, such as In Progress, where others have IN_PROGRESS.
    upper(replace(hs_lead_status, ' ', '_')) as lead_status,
    lifecyclestage as lifecycle_stage,
    hubspot_owner_id as owner_record_id,
    upper(replace(hs_analytics_source, ' ', '_')) as acquisition_source,
    hs_analytics_first_touch_converting_campaign as acquisition_campaign,
    createdate as created_at,
    merges.survivor_id as merged_into,
    -- Neither list is complete, so both count. The second has a time behind each id.
    coalesce(
        hs_merged_object_ids || ';'
        || {{ regex_replace('hs_calculated_merged_vids', ':[0-9]+', '') }},
        hs_merged_object_ids,
        {{ regex_replace('hs_calculated_merged_vids', ':[0-9]+', '') }}
    ) as merged_record_ids
from {{ ref('stg_hubspot__contact') }} as contact
left join merges on contact.id = merges.loser_id and merges.nth_latest = 1
