-- Grain: one row per raw row of GA4's event export.
{{ config(
    materialized='incremental', incremental_strategy='append', on_schema_change='append_new_columns'
) }}

{{ land('ga4', 'event') }}
