-- Grain: one measure of one thing on one day. Kept from build to build.
{{ memory(unique_key=['as_of_date', 'metric', 'object_name', 'column_name']) }}

with completeness as (
    select * from {{ ref('field_completeness') }}
),

profile as (
    select *, connector || '.' || source_object as object_name from {{ ref('source_profile') }}
),

results as (
    select *, connector || '.' || source_object as object_name from {{ ref('rule_result') }}
),

balance as (
    select *, connector || '.' || source_object as object_name from {{ ref('reconciliation') }}
),

months as (
    select
        'canonical.event' as object_name,
        {{ dbt.date_trunc('month', 'event_at') }} as month,
        cast(null as {{ dbt.type_string() }}) as currency,
        cast(null as decimal(18, 2)) as amount
    from {{ ref('event') }}
    union all
    select 'canonical.lifecycle_history', {{ dbt.date_trunc('month', 'entered_at') }}, null, null
    from {{ ref('lifecycle_history') }}
    union all
    select
        'canonical.opportunity',
        {{ dbt.date_trunc('month', 'closed_at') }},
        coalesce(currency, '?'),
        coalesce(amount, 0)
    from {{ ref('opportunity') }}
    where is_won
),

measured as (
    select 'completeness' as metric, table_name as object_name, column_name, completeness as value
    from completeness
    union all
    select 'rows', table_name, '*', max(row_count) from completeness
    group by table_name
    union all
    select 'filled', object_name, column_name, 1.0 * filled_count / row_count from profile
    where status in ('declared', 'declared_in_part') and row_count > 0
    union all
    select 'unreadable', object_name, column_name, 1.0 * unreadable_count / row_count from profile
    where status in ('declared', 'declared_in_part') and row_count > 0
    union all
    select
        case status when 'undeclared' then 'undeclared' else 'absent' end,
        object_name,
        column_name,
        case status when 'declared_in_part' then 0 else 1 end
    from profile
    where status in ('undeclared', 'missing_optional', 'declared_in_part')
    union all
    select 'rule_hits', object_name, rule_id, hit_share from results
    where hit_count > 0
    union all
    select 'rows_in', object_name, '*', rows_in from balance
    union all
    select 'duplicates', object_name, '*', 1.0 * duplicate / rows_in from balance
    where rows_in > 0
    union all
    select 'quarantined', object_name, '*', 1.0 * quarantined / rows_in from balance
    where rows_in > 0
    union all
    select 'month_rows', object_name, cast(cast(month as date) as {{ dbt.type_string() }}), count(*)
    from months
    where month < {{ dbt.date_trunc('month', as_of()) }}
    group by object_name, cast(cast(month as date) as {{ dbt.type_string() }})
    union all
    select
        'month_amount',
        object_name,
        cast(cast(month as date) as {{ dbt.type_string() }}) || ' ' || currency,
        sum(amount)
    from months
    where month < {{ dbt.date_trunc('month', as_of()) }} and amount is not null
    group by object_name, cast(cast(month as date) as {{ dbt.type_string() }}) || ' ' || currency
),

-- A measure that an earlier build of the day had and this one lacks keeps its row, without a value.
earlier as (
    {{ measured_earlier_today() }}
),

measured_objects as (
    select distinct object_name from earlier
)

select
    cast({{ as_of() }} as date) as as_of_date,
    coalesce(measured.metric, earlier.metric) as metric,
    coalesce(measured.object_name, earlier.object_name) as object_name,
    coalesce(measured.column_name, earlier.column_name) as column_name,
    cast(measured.value as {{ sql_type('double') }}) as value,
    cast(
        case when measured_objects.object_name is null then measured.value
            else earlier.first_value end as {{ sql_type('double') }}
    ) as first_value,
    '{{ var("contract_version") }}' as _contract_version
from measured
full outer join earlier
    on measured.metric = earlier.metric
        and measured.object_name = earlier.object_name
        and measured.column_name = earlier.column_name
left join measured_objects
    on coalesce(measured.object_name, earlier.object_name) = measured_objects.object_name
