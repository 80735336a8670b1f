-- A few broken lines are held back and named; when more than max_unparsable_share of an object can
-- not be read, the export itself is broken and nothing is published. Export the object again, or
-- raise the var for one run if the rest is wanted all the same.
with unreadable as (
    select connector, source_object, count(*) as row_count
    from {{ ref('quarantine') }}
    where reason_codes like '%.row.unparsable%'
    group by connector, source_object
),

balance as (
    select * from {{ ref('reconciliation') }}
)

select
    unreadable.connector,
    unreadable.source_object,
    unreadable.row_count,
    balance.rows_in
from unreadable
inner join balance
    on unreadable.connector = balance.connector
        and unreadable.source_object = balance.source_object
where unreadable.row_count > {{ var('max_unparsable_share', 0.05) }} * balance.rows_in
