-- Grain: one row that a connector maps to the entity account, as mapped.
{{ config(materialized='view') }}

{{ stack('account') }}
