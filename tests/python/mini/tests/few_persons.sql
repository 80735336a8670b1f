-- Fails when MINI_PERSONS is above 90; warns when it is above 80.
{{ config(
    severity='error', warn_if='>80', error_if='>90',
    meta={'message': 'There are more persons than can be.', 'business_owner': 'data_team'},
) }}
select person_id from {{ ref('person') }}
