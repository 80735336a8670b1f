-- Grain: one row that a connector maps to the entity event, as mapped.
{{ config(materialized='view') }}

{{ stack('event') }}
