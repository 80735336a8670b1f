-- Grain: one person of Segment's users, or one that was identified and stands in no users.
{{ config(materialized='view') }}
{% set traits = ['email', 'phone', 'first_name', 'last_name', 'company', 'title'] %}

with groups as (
    select user_id, {{ last_by('group_id', ['reckoned_at', 'id']) }} as group_id
    from {{ landed_rows(ref('stg_segment__group')) }} as landed
    where user_id is not null
    group by user_id
),

-- The latest of each trait counts, as in users.
identified as (
    select
        {%- for trait in traits %}
        {{ last_by(trait, ['reckoned_at', 'id']) }} as {{ trait }},
        {%- endfor %}
        user_id, min(reckoned_at) as first_at, max(reckoned_at) as last_at
    from {{ landed_rows(ref('stg_segment__identify')) }} as landed
    where user_id is not null
        and user_id not in (
            select users.id from {{ landed_rows(ref('stg_segment__user')) }} as users
        )
    group by user_id
)

select
    {{ provenance('segment', 'user', record_id='users.id', updated_at='received_at') }},
    email, phone, first_name, last_name, company as company_name, title as job_title,
    groups.group_id as company_record_id, users.id as user_id,
    cast(null as {{ dbt.type_timestamp() }}) as created_at
from {{ landed_rows(ref('stg_segment__user')) }} as users
left join groups
    on users.id = groups.user_id

union all

select
    {{ provenance(
        'segment', 'identify', record_id='identified.user_id', updated_at='last_at', grouped=true
    ) }},
    email, phone, first_name, last_name, company, title,
    groups.group_id, identified.user_id, first_at
from identified
left join groups
    on identified.user_id = groups.user_id
