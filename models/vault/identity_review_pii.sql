-- Grain: one row of governance.identity_review with the value in clear and both persons' names, for
-- whoever decides.
with reviews as (
    select * from {{ ref('int_identity__reviews') }}
),

persons as (
    select * from {{ ref('person_pii') }}
),

emails as (
    select 'email' as id_type, written, match_hash from {{ ref('int_email__normalised') }}
),

clear_values as (
    select
        claimed.record_key,
        claimed.id_type,
        case
            when claimed.id_type = 'crm_id' then claimed.value
            when emails.match_hash is not null then emails.match_hash
            else {{ keyed_hash('claimed.value') }}
        end as id_value,
        min(claimed.value) as value
    from {{ ref('int_identifier__written') }} as claimed
    left join emails
        on claimed.id_type = emails.id_type and claimed.value = emails.written
    group by
        claimed.record_key,
        claimed.id_type,
        case
            when claimed.id_type = 'crm_id' then claimed.value
            when emails.match_hash is not null then emails.match_hash
            else {{ keyed_hash('claimed.value') }}
        end
)

select
    reviews.identity_review_id,
    reviews.reason,
    reviews.person_id,
    reviews.other_person_id,
    reviews.id_type,
    clear_values.value,
    persons.first_name,
    persons.last_name,
    others.first_name as other_first_name,
    others.last_name as other_last_name
from reviews
left join clear_values
    on reviews.record_key = clear_values.record_key
        and case
            when reviews.id_type = 'unconfirmed_email' then 'email' else reviews.id_type
        end = clear_values.id_type
        and reviews.id_value = clear_values.id_value
left join persons
    on reviews.person_id = persons.person_id
left join persons as others
    on reviews.other_person_id = others.person_id
