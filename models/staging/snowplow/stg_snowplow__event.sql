-- Grain: one row per raw row of Snowplow's atomic.events.
{{ config(
    materialized='incremental', incremental_strategy='append', on_schema_change='append_new_columns'
) }}

{{ land('snowplow', 'event') }}
