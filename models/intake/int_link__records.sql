-- Grain: one row that a connector maps to the entity link, as mapped.
{{ config(materialized='view') }}

{{ stack('link') }}
