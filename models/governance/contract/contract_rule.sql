-- Grain: one rule that is checked.
with rules as (
    {{ contract_rules() }}
),

explained as (
    select * from {{ ref('ref_reason_code') }}
)

select
    rules.rule_id,
    rules.stage,
    rules.rule_type,
    rules.table_name,
    rules.column_name,
    rules.severity,
    rules.definition,
    rules.enforced_by,
    coalesce(rules.business_owner, 'data_team') as business_owner,
    coalesce(explained.problem, rules.problem) as problem,
    coalesce(explained.next_step, rules.next_step) as next_step,
    rules.may_be_released,
    '{{ var("contract_version") }}' as _contract_version
from rules
left join explained
    on rules.rule_id = explained.reason_code
