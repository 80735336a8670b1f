-- Grain: one row of Segment's tables of single events; what it says stands in the event.
{{ config(materialized='view') }}

select
    {{ provenance('segment', 'event_table', record_id='id') }},
    'event_detail' as kind,
    event as label
from {{ landed_rows(ref('stg_segment__event_table')) }} as landed
