-- Grain: one row that a connector maps to the entity lifecycle_change, as mapped.
{{ config(materialized='view') }}

{{ stack('lifecycle_change') }}
