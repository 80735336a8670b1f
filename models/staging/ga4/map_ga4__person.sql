-- Grain: one row per login id (user_id) that appears in the events; derived from them.
{{ config(materialized='view') }}

select
    {{ provenance(
        'ga4', 'event', record_id='user_id', updated_at='max(event_timestamp)', grouped=true
    ) }},
    user_id,
    min(event_timestamp) as created_at
from {{ landed_rows(ref('stg_ga4__event')) }} as landed
where user_id is not null
group by user_id
