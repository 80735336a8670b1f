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
    select * from {{ ref('int_account__checked') }}
    where is_current
),

members as (
    select * from {{ ref('int_account__members') }}
),

ranks as (
    {{ source_ranks('account', fields) }}
),

ranked as (
    select
        members.account_id,
        records.*,
        records.source_system || ':' || records.owner_record_id as owner_key,
        records.source_system || ':' || records.parent_record_id as parent_key,
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

survived as (
    select
        account_id,
        {%- for field in fields %}
        {{ survivor(field, fields[field]) }} as {{ field }},
        {%- endfor %}
        max(record_updated_at) as updated_at
    from ranked
    where not is_deleted
    group by account_id
),

counted as (
    select
        account_id,
        count(*) as record_count,
        sum(case when is_deleted then 0 else 1 end) as live_record_count,
        min(created_at) as created_at,
        max(_loaded_at) as loaded_at,
        {{ ordered_list('source_system', 'source_system') }} as source_systems
    from ranked
    group by account_id
),

-- Accounts that only the addresses of their people speak for have a domain and a name, no record.
derived as (
    select * from {{ ref('int_account__derived') }}
),

resolved as (
    select
        counted.account_id,
        counted.record_count,
        counted.live_record_count,
        counted.created_at,
        counted.loaded_at,
        counted.source_systems,
        survived.updated_at,
        {%- for field in fields %}
        survived.{{ field }}{{ ',' if not loop.last }}
        {%- endfor %}
    from counted
    left join survived
        on counted.account_id = survived.account_id
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

select * from resolved
