-- Grain: one row per raw row of Segment's tables of single events.
{{ config(
    materialized='incremental', incremental_strategy='append', on_schema_change='append_new_columns'
) }}

{{ land('segment', 'event_table') }}
