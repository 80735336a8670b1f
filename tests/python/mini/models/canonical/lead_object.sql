-- Grain: one person.
{{ config(materialized='view') }}
select person_id as lead_id, account_id from {{ ref('person') }}
