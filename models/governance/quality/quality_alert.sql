-- Grain: one thing that is unusual, missing, new or late since the builds before.
with history as (
    select * from {{ ref('quality_history') }}
),

days as (
    select
        object_name,
        max(case when as_of_date < cast({{ as_of() }} as date) then as_of_date end) as day_before,
        max(case when as_of_date = cast({{ as_of() }} as date) then 1 else 0 end) as is_measured
    from history
    group by object_name
),

compared as (
    select
        history.metric,
        history.object_name,
        history.column_name,
        max(days.is_measured) as is_measured,
        max(case when days.day_before is not null then 1 else 0 end) as was_measured,
        max(case when history.as_of_date = cast({{ as_of() }} as date) then history.value end)
            as value,
        max(case when history.as_of_date = days.day_before then history.value end) as value_before,
        min(case when {{ is_same_weekday('history.as_of_date') }} then history.value end) as low,
        max(case when {{ is_same_weekday('history.as_of_date') }} then history.value end) as high,
        sum(case when {{ is_same_weekday('history.as_of_date') }} then 1 else 0 end) as days_like_it
    from history
    inner join days
        on history.object_name = days.object_name
    where history.as_of_date <= cast({{ as_of() }} as date)
    group by history.metric, history.object_name, history.column_name
),

changes as (
    select
        case
            when metric = 'filled' and value is null and value_before > 0 and is_measured = 1
                then 'column_missing'
            when metric = 'undeclared' and value_before is null and was_measured = 1
                and value is not null then 'column_new'
            when metric = 'unreadable' and value > coalesce(value_before, 0) + 0.05
                then 'column_retyped'
            when metric = 'filled' and days_like_it >= 3
                and (value < low - 0.05 or value > high + 0.05) then 'fill_unusual'
            when metric = 'filled' and days_like_it < 3 and value < value_before - 0.2
                then 'fill_unusual'
            when metric = 'rows_in' and value = 0 and value_before > 0 then 'object_empty'
            when metric = 'rows_in' and days_like_it >= 3
                and (value < 0.5 * low or value > 2 * high) then 'volume_unusual'
            when metric = 'rule_hits' and value_before is null and value is not null
                and (column_name like '%.unknown' or column_name like '%.not_allowed')
                and column_name not like '%record_id.unknown'
                and column_name <> 'consent.jurisdiction.unknown' then 'unknown_value'
            when metric in ('month_rows', 'month_amount') and value_before is not null
                and coalesce(value, 0) <> value_before then 'past_changed'
        end as kind,
        object_name,
        column_name,
        value,
        value_before
    from compared
),

owners as (
    {{ alert_owners(ref('contract_field')) }}
),

findings as (
    select * from changes
    where kind is not null
    union all
    select 'incomplete', table_name, column_name, completeness, min_completeness
    from {{ ref('field_completeness') }}
    where not is_complete
    union all
    select 'stale', profile.connector, '*', null, null
    from {{ ref('source_profile') }} as profile
    inner join owners
        on profile.connector = owners.object_name
    group by profile.connector
    having max(owners.days_allowed) < {{ dbt.datediff('max(newest_loaded_at)', as_of(), 'day') }}
),

kinds as (
    {{ alert_kinds() }}
),

waivers as (
    {{ waivers_in_force() }}
)

select
    findings.kind,
    findings.object_name,
    findings.column_name,
    kinds.severity,
    findings.object_name || case when findings.column_name <> '*' then ' ' || findings.column_name
        else '' end || ': ' || kinds.problem as message,
    kinds.next_step,
    coalesce(max(owners.business_owner), 'data_team') as business_owner,
    max(findings.value) as value,
    max(findings.value_before) as value_before,
    {{ waived('waivers') }} as is_waived,
    '{{ var("contract_version") }}' as _contract_version
from findings
inner join kinds
    on findings.kind = kinds.kind
left join owners
    on findings.object_name = owners.object_name
left join waivers
    on findings.kind = waivers.rule_id
        and waivers.scope in (
            '*', findings.object_name, findings.object_name || '.' || findings.column_name
        )
group by findings.kind, findings.object_name, findings.column_name, kinds.severity,
    kinds.problem, kinds.next_step
