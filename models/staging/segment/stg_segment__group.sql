-- Grain: one row per raw row of Segment's group calls.
{{ config(
    materialized='incremental', incremental_strategy='append', on_schema_change='append_new_columns'
) }}

{{ land('segment', 'group') }}
