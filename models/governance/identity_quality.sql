-- Grain: one measure of how well records were put together, of all or of one part.
with persons as (
    select * from {{ ref('person') }}
    where full_name_key is not null and primary_account_id is not null
),

limits as (
    select * from {{ ref('policy_identity_quality') }} as policy
    where {{ in_force('policy') }}
),

-- People of one name at one firm are what is left to recognise, or namesakes.
namesakes as (
    select count(*) as person_count
    from persons
    group by full_name_key, primary_account_id
),

measured as (
    select * from {{ ref('int_identity__measured') }}
    union all
    select
        'residual_duplicate_rate' as metric,
        'all' as scope,
        sum(person_count - 1) as numerator,
        sum(person_count) as denominator
    from namesakes
),

valued as (
    select
        metric,
        scope,
        cast(coalesce(numerator, 0) as {{ dbt.type_bigint() }}) as numerator,
        cast(coalesce(denominator, 0) as {{ dbt.type_bigint() }}) as denominator,
        cast(round(1.0 * numerator / nullif(denominator, 0), 6) as decimal(18, 6)) as value
    from measured
),

limited as (
    select
        valued.*,
        coalesce(own.min_value, general.min_value) as min_value,
        coalesce(own.max_value, general.max_value) as max_value,
        coalesce(own.reason, general.reason) as reason
    from valued
    left join limits as own
        on valued.metric = own.metric and valued.scope = own.scope
    left join limits as general
        on valued.metric = general.metric and general.scope = '*' and own.metric is null
)

select
    metric,
    scope,
    value,
    numerator,
    denominator,
    min_value,
    max_value,
    case
        when value < min_value or value > max_value then 'alert'
        else 'ok'
    end as status,
    case when value < min_value or value > max_value then reason end as reason,
    '{{ var("contract_version") }}' as _contract_version
from limited
