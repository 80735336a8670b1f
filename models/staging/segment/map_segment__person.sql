-- Grain: one person of Segment's users, or one that was identified and stands in no users.
{{ config(materialized='view') }}

with identified as (
    select identify.* from {{ ref('stg_segment__identify') }} as identify
    left join {{ ref('stg_segment__user') }} as users
        on identify.user_id = users.id
    where identify.user_id is not null and users.id is null
)

select
    {{ provenance('segment', 'user', record_id='id', updated_at='received_at') }},
    email,
    phone,
    first_name,
    last_name,
    company as company_name,
    title as job_title,
    id as user_id,
    cast(null as {{ dbt.type_timestamp() }}) as created_at
from {{ ref('stg_segment__user') }}

union all

-- The latest of each trait counts, as in users.
select
    {{ provenance(
        'segment', 'identify', record_id='user_id', updated_at='max(reckoned_at)', grouped=true
    ) }},
    {{ last_by('email', ['reckoned_at', 'id']) }},
    {{ last_by('phone', ['reckoned_at', 'id']) }},
    {{ last_by('first_name', ['reckoned_at', 'id']) }},
    {{ last_by('last_name', ['reckoned_at', 'id']) }},
    {{ last_by('company', ['reckoned_at', 'id']) }},
    {{ last_by('title', ['reckoned_at', 'id']) }},
    user_id,
    min(reckoned_at)
from identified
group by user_id
