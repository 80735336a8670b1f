-- Grain: one row that a connector maps to the entity opportunity, as mapped.
{{ config(materialized='view') }}

{{ stack('opportunity') }}
