-- Grain: one event. Every build adds the events of its own day.
{{ config(materialized='incremental', unique_key='event_id') }}
select
    'evt_' || {{ env_var('MINI_DAY', '1') }} || '_' || person_number as event_id,
    'per_' || person_number as person_id,
    {{ env_var('MINI_DAY', '1') }} as day_number,
from {{ ref('stg_person') }}
where person_number < 10
