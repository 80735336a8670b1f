-- Grain: one admitted identifier that names exactly one person.
{{ config(materialized='view') }}

with admitted as (
    select * from {{ ref('int_identifier__judged') }}
    where verdict = 'admitted'
),

members as (
    select * from {{ ref('int_person__members') }}
),

-- All records behind an admitted identifier are one person: the first of them tells which.
identified as (
    select
        admitted.id_type,
        admitted.id_value,
        members.person_id
    from admitted
    inner join members
        on admitted.first_record_key = members.record_key
)

select * from identified
