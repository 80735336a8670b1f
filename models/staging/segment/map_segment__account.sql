-- Grain: one group of Segment, which is a firm; derived from the group calls.
{{ config(materialized='view') }}

-- The latest of each trait counts.
select
    {{ provenance(
        'segment', 'group', record_id='group_id', updated_at='max(reckoned_at)', grouped=true
    ) }},
    {{ last_by('name', ['reckoned_at', 'id']) }} as name,
    {{ last_by('website', ['reckoned_at', 'id']) }} as domain,
    {{ last_by('industry', ['reckoned_at', 'id']) }} as industry,
    {{ last_by('employees', ['reckoned_at', 'id']) }} as employees,
    min(reckoned_at) as created_at
from {{ landed_rows(ref('stg_segment__group')) }} as landed
where group_id is not null
group by group_id
