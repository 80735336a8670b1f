-- Grain: one thing that is unusual, missing, new or late since the builds before.
with compared as (
    {{ measures_compared(ref('quality_history')) }}
),

fields as (
    select * from {{ ref('contract_field') }}
),

changes as (
    select
        case
            when metric = 'undeclared' and value_before is null and value is not null
                then 'column_new'
            when metric = 'unreadable' and value > coalesce(lowest, 0) + 0.05
                then 'column_retyped'
            when metric = 'filled' and days_like_it >= 3
                and (value < low - 0.05 or value > high + 0.05) then 'fill_unusual'
            when metric = 'filled' and days_like_it < 3 and value < value_before - 0.2
                then 'fill_unusual'
            when metric = 'rows_in' and value = 0 and highest > 0 then 'object_empty'
            when metric = 'rows_in' and days_like_it >= 3
                and (value < 0.5 * low or value > 2 * high) then 'volume_unusual'
            when metric = 'rule_hits' and value_day_before is null and value is not null
                and (column_name like '%.unknown' or column_name like '%.not_allowed')
                and column_name not like '%record_id.unknown'
                and column_name <> 'consent.jurisdiction.unknown' then 'unknown_value'
            when metric = 'rule_hits' and days_like_it >= 3 and value > high + 0.05
                then 'rule_unusual'
            when metric = 'rule_hits' and days_like_it < 3
                and value > coalesce(value_before, 0) + 0.2 then 'rule_unusual'
            when metric in ('month_rows', 'month_amount') and value_before is not null
                and coalesce(value, 0) <> value_before then 'past_changed'
        end as kind,
        object_name, column_name, value, value_before
    from compared
    where is_measured = 1
),

owners as (
    {{ alert_owners('fields') }}
),

findings as (
    select * from changes where kind is not null
    union all
    select 'column_missing', absent.object_name, absent.column_name, filled.value, filled.highest
    from compared as absent
    inner join compared as filled
        on absent.object_name = filled.object_name
            and absent.column_name = filled.column_name
            and filled.metric = 'filled'
            and filled.highest > 0
    where absent.metric = 'absent'
        and (absent.value = 1 or (absent.value = 0 and absent.value_before is null))
    union all
    select 'incomplete', table_name, column_name, completeness, min_completeness
    from {{ ref('field_completeness') }}
    where not is_complete
    union all
    select 'incomplete', fields.table_name, fields.column_name,
        1.0 * profile.filled_count / profile.row_count, fields.min_completeness
    from {{ ref('source_profile') }} as profile
    inner join fields
        on profile.connector || '.' || profile.source_object || '.' || profile.column_name
            = fields.field_id
    where profile.filled_count < fields.min_completeness * profile.row_count
    union all
    -- What is said today, and scores do not go by.
    select held_back_because, 'canonical.score_input', attribute, count(*), null
    from {{ ref('score_input') }}
    where valid_to is null and held_back_because is not null
        and (counts_from > {{ as_of() }} or coalesce(counted_value <> said_value, true))
    group by held_back_because, attribute
    union all
    select 'segment_empty', 'policy.policy_segment', segment_id, 0, null
    from {{ ref('segment_size') }}
    where member_count = 0
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
