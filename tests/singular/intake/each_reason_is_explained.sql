-- Whoever reads the quarantine finds for each reason what it means and what to do. If this fails, add
-- the reason to seeds/reference/ref_reason_code.csv, or the problem to the rule that declares it.
with held as (
    select * from {{ ref('quarantine') }}
),

parts as (
    {{ split_rows('held', 'reason_codes', ';') }}
),

explained as (
    select * from {{ ref('contract_rule') }}
    where problem is not null and next_step is not null
)

select parts.part as reason_code, count(*) as row_count
from parts
left join explained
    on parts.part = explained.rule_id
where explained.rule_id is null
group by parts.part
