-- Grain: one person.
{{ config(materialized='view') }}
select person_id as lead_id, account_id, getvariable('cdm_hash_inner') is not null as has_key
from {{ ref('person') }}
