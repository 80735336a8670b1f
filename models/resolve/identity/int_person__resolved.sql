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
    select * from {{ ref('int_person__checked') }}
    where is_current
),

members as (
    select * from {{ ref('int_person__members') }}
),

ranks as (
    {{ source_ranks('person', fields) }}
),

ranked as (
    select
        members.person_id,
        records.*,
        records.source_system || ':' || records.owner_record_id as owner_key,
        {{ recency('coalesce(records.record_updated_at, records.created_at)') }} as recency,
        {%- for field in fields %}
        ranks.rank_of_{{ field }},
        {%- endfor %}
        ranks.rank_of_all
    from records
    inner join members
        on records.record_key = members.record_key
    left join ranks
        on records.source_system = ranks.source_system
),

live as (
    select * from ranked
    where not is_deleted
),

survived as (
    select
        person_id,
        {%- for field in fields %}
        {{ survivor(field, fields[field]) }} as {{ field }},
        {%- endfor %}
        max(record_updated_at) as updated_at
    from live
    group by person_id
),

counted as (
    select
        person_id,
        count(*) as record_count,
        sum(case when is_deleted then 0 else 1 end) as live_record_count,
        min(created_at) as created_at,
        max(_loaded_at) as loaded_at,
        {{ ordered_list('source_system', 'source_system') }} as source_systems
    from ranked
    group by person_id
),

resolved as (
    select
        counted.*,
        survived.updated_at,
        {%- for field in fields %}
        survived.{{ field }}{{ ',' if not loop.last }}
        {%- endfor %}
    from counted
    left join survived
        on counted.person_id = survived.person_id
)

select * from resolved
