-- Grain: one person, with the surviving value of each field.
{% set fields = {
    'first_name': 'first_name',
    'last_name': 'last_name',
    'job_title': 'job_title',
    'company_name': 'company_name',
    'company_domain': 'company_domain',
    'street': 'street',
    'city': 'city',
    'region': 'region',
    'postcode': 'postcode',
    'country': 'country',
    'date_of_birth': 'date_of_birth',
    'lead_status': 'lead_status',
    'owner_key': 'owner_key',
    'acquisition_source': 'acquisition_source',
    'acquisition_medium': 'acquisition_medium',
    'acquisition_campaign': 'acquisition_campaign',
    'email': email_address('email'),
    'phone': usable_phone('phone'),
} %}
with records as (
    select
        *,
        source_system || ':' || owner_record_id as owner_key
    from {{ ref('int_person__checked') }}
    where is_current
),

members as (
    select * from {{ ref('int_person__members') }}
),

{{ resolved_fields('person', fields) }}

select * from resolved
