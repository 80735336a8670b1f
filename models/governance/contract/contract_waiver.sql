-- Grain: one waiver, with what it excuses in this build.
with waivers as (
    select * from {{ ref('policy_waiver') }}
),

rules as (
    select rule_id from {{ ref('contract_rule') }}
    where may_be_released
),

kinds as (
    {{ alert_kinds() }}
),

findings as (
    select
        rule_id,
        connector as object_name,
        connector || '.' || source_object as place,
        waived_count as finding_count
    from {{ ref('rule_result') }}
    where waived_count > 0
    union all
    select
        'contract.field.' || gap as rule_id,
        '*.' || nullif({{ dbt.split_part('field_id', "'.'", 3) }}, '') as object_name,
        field_id as place,
        1 as finding_count
    from {{ ref('contract_gap') }}
    where is_waived
    union all
    select kind, object_name, object_name || '.' || column_name, 1
    from {{ ref('quality_alert') }}
    where is_waived
),

excused as (
    select
        waivers.rule_id,
        waivers.scope,
        waivers.valid_from,
        sum(findings.finding_count) as finding_count
    from waivers
    inner join findings
        on waivers.rule_id = findings.rule_id
            and waivers.scope in ('*', findings.object_name, findings.place)
    where {{ in_force('waivers') }}
    group by waivers.rule_id, waivers.scope, waivers.valid_from
)

select
    waivers.rule_id,
    waivers.scope,
    cast(waivers.valid_from as date) as valid_from,
    cast(waivers.valid_to as date) as valid_to,
    case
        when {{ in_force('waivers') }} then 'in_force'
        when cast(waivers.valid_from as date) > cast({{ as_of() }} as date) then 'not_yet'
        else 'ended'
    end as status,
    cast({{ dbt.datediff(as_of(), 'waivers.valid_to', 'day') }} as {{ dbt.type_bigint() }})
        as days_left,
    cast(coalesce(excused.finding_count, 0) as {{ dbt.type_bigint() }}) as finding_count,
    coalesce(rules.rule_id, kinds.kind) is not null
        or waivers.rule_id like 'contract.field.%' as can_be_waived,
    waivers.approved_by,
    waivers.reason,
    '{{ var("contract_version") }}' as _contract_version
from waivers
left join excused
    on waivers.rule_id = excused.rule_id
        and waivers.scope = excused.scope
        and waivers.valid_from = excused.valid_from
left join rules
    on waivers.rule_id = rules.rule_id
left join kinds
    on waivers.rule_id = kinds.kind
