-- Grain: one row that a connector maps to the entity consent, as mapped.
{{ config(materialized='view') }}

{{ stack('consent') }}
