-- Grain: one row that a connector maps to the entity person, as mapped.
{{ config(materialized='view') }}

{{ stack('person') }}
