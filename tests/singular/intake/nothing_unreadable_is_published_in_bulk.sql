-- A few broken lines are held back and named; when more than max_unparsable_share of an object can
-- not be read, the export itself is broken and nothing is published. Export the object again, or
-- raise the var if the rest is wanted all the same.
{{ config(meta={
    'message': 'of these objects too many rows can not be read; the export is broken, or not UTF-8',
    'next_step': 'See which with `cdm rows nothing_unreadable_is_published_in_bulk`, and export them again as '
        ~ 'UTF-8 and whole; or raise the var max_unparsable_share in dbt_project.yml to go on without these rows.',
}) }}

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
