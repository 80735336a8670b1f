-- Grain: one raw row of HubSpot's history of contact or company properties, as a lifecycle change.
{{ config(materialized='view') }}

-- Changes of other properties are rows here too, without a value: intake counts and excludes them.
{% for object, subject_type in [('contact', 'person'), ('company', 'account')] %}
select
    {{ provenance(
        'hubspot', object ~ '_property_history',
        record_id=object ~ "_id || ':' || property_name || ':' || _content_hash",
        updated_at='changed_at',
    ) }},
    '{{ subject_type }}' as subject_type,
    {{ object }}_id as subject_record_id,
    case when property_name = 'lifecyclestage' then value end as to_stage,
    case when property_name in (
        'hs_lead_status', 'hubspot_owner_id', 'jobtitle', 'country', 'name', 'industry',
        'numberofemployees'
    ) then value end as to_value,
    changed_at,
    source as asserted_by,
    case property_name
        when 'lifecyclestage' then 'lifecycle_stage'
        when 'hs_lead_status' then 'lead_status'
        when 'hubspot_owner_id' then 'owner'
        when 'jobtitle' then 'job_title'
        when 'numberofemployees' then 'employees'
        else property_name
    end as field_name,
    -- Why somebody was ruled out is a property of its own, saved together with the stage.
    case when property_name = 'lifecyclestage' then max(case
        when property_name in ('disqualification_reason', 'hs_lead_disqualification_reason')
            then value
    end) over (partition by {{ object }}_id, changed_at) end as reason
from {{ ref('stg_hubspot__' ~ object ~ '_property_history') }}
{{ 'union all' if not loop.last }}
{% endfor %}
