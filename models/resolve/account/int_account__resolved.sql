-- Grain: one account, with the surviving value of each field.
{% set fields = {
    'name': 'name',
    'domain': 'domain',
    'industry': 'industry',
    'currency': 'currency',
    'city': 'city',
    'region': 'region',
    'postcode': 'postcode',
    'country': 'country',
    'owner_key': 'owner_key',
    'parent_key': 'parent_key',
    'lifecycle_stage': 'lifecycle_stage',
    'employees': 'case when ' ~ employee_band('employees') ~ ' is not null then employees end',
    'annual_revenue': 'case when annual_revenue >= 0 then annual_revenue end',
} %}
with records as (
    select
        *,
        source_system || ':' || owner_record_id as owner_key,
        source_system || ':' || parent_record_id as parent_key
    from {{ ref('int_account__checked') }}
    where is_current
),

members as (
    select * from {{ ref('int_account__members') }}
),

{{ resolved_fields('account', fields) }},

-- Accounts that only the addresses of their people speak for have a domain and a name, no record.
derived as (
    select * from {{ ref('int_account__derived') }}
),

accounts as (
    select * from resolved
    union all
    select
        account_id,
        0 as record_count,
        0 as live_record_count,
        created_at,
        cast(null as {{ dbt.type_timestamp() }}) as loaded_at,
        cast(null as {{ dbt.type_string() }}) as source_systems,
        cast(null as {{ dbt.type_timestamp() }}) as updated_at,
        {%- for field in fields %}
        {{ field if field in ('name', 'domain') else 'cast(null as ' ~ dbt.type_string() ~ ')' }}
            as {{ field }}{{ ',' if not loop.last }}
        {%- endfor %}
    from derived
)

select * from accounts
