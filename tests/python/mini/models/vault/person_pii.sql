-- Grain: one person.
select 'per_' || person_number as person_id, email from {{ ref('stg_person') }}
