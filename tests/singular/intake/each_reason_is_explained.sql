-- Whoever reads the quarantine finds for each reason what it means and what to do. If this fails, add
-- the reason to seeds/reference/ref_reason_code.csv.
with held as (
    select * from {{ ref('quarantine') }}
),

parts as (
    {{ split_rows('held', 'reason_codes', ';') }}
),

explained as (
    select * from {{ ref('ref_reason_code') }}
)

select parts.part as reason_code, count(*) as row_count
from parts
left join explained
    on parts.part = explained.reason_code
where explained.reason_code is null
group by parts.part
