-- Grain: one row that a connector maps to the entity activity, as mapped.
{{ config(materialized='view') }}

{{ stack('activity') }}
