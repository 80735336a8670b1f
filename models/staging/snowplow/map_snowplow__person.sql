-- Grain: one row per login id (user_id) that appears in the events; derived from them.
{{ config(materialized='view') }}

select
    {{ provenance(
        'snowplow', 'event', record_id='user_id', updated_at='max(collector_tstamp)', grouped=true
    ) }},
    user_id,
    min(collector_tstamp) as created_at
from {{ landed_rows(ref('stg_snowplow__event')) }} as landed
where user_id is not null
group by user_id
