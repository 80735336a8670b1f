-- Grain: one row that a connector maps to the entity reference, as mapped.
{{ config(materialized='view') }}

{{ stack('reference') }}
