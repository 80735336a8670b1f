-- Grain: one row that a connector maps to the entity campaign_cost, as mapped.
{{ config(materialized='view') }}

{{ stack('campaign_cost') }}
