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
    'phone': 'phone_number',
} %}
with records as (
    select
        checked.*,
        checked.source_system || ':' || checked.owner_record_id as owner_key,
        coalesce(phones.e164, {{ usable_phone('checked.phone') }}) as phone_number
    from {{ ref('int_person__checked') }} as checked
    left join {{ ref('int_phone__normalised') }} as phones
        on checked.phone = phones.written
            and coalesce(lower(trim(checked.country)), '') = phones.country
    where checked.is_current
),

members as (
    select * from {{ ref('int_person__members') }}
),

{{ resolved_fields('person', fields) }}

select * from resolved
