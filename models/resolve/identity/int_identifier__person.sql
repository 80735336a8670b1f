-- Grain: one identifier that names exactly one person.
{{ config(materialized='view') }}

with judged as (
    select * from {{ ref('int_identifier__judged') }}
),

members as (
    select * from {{ ref('int_person__members') }}
),

-- All records behind an admitted identifier are one person: the first of them tells which.
admitted as (
    select id_type, id_value, first_record_key from judged
    where verdict = 'admitted'
),

-- An address that joins nobody because nobody confirmed it is its one record's all the same.
unconfirmed as (
    select id_value, min(record_key) as first_record_key
    from {{ ref('int_identifier__claims') }}
    where id_type = 'unconfirmed_email'
    group by id_value
    having count(*) = 1
),

named as (
    select id_type, id_value, first_record_key from admitted
    union all
    select 'email' as id_type, unconfirmed.id_value, unconfirmed.first_record_key
    from unconfirmed
    left join judged as of_others
        on of_others.id_type = 'email' and unconfirmed.id_value = of_others.id_value
    where of_others.id_value is null
),

identified as (
    select named.id_type, named.id_value, members.person_id
    from named
    inner join members
        on named.first_record_key = members.record_key
)

select * from identified
