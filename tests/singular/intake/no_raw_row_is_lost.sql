-- I1. Each raw row that landed stands in exactly one place: the numbers agree per object, the rows
-- are the same ones (their hashes add up to the same), and a duplicate points to the row that it
-- copies. If this fails, compare the object's staging table with its int_<entity>__checked by
-- _content_hash.
with balance as (
    select * from {{ ref('reconciliation') }}
),

placed as (
    select * from {{ ref('int_row__placed') }}
),

copies as (
    select connector || '.' || source_object as object_name, duplicate_of
    from placed
    where duplicate_of is not null
),

originals as (
    select raw_row_id from placed
    where raw_row_id in (select duplicate_of from copies)
),

problems as (
    select connector || '.' || source_object as object_name, 'rows are missing or too many' as problem
    from balance
    where difference <> 0
    union all
    select connector || '.' || source_object as object_name, 'other rows than landed' as problem
    from balance
    where not is_same_rows
    union all
    select copies.object_name, 'a duplicate of a row that is not there' as problem
    from copies
    left join originals
        on copies.duplicate_of = originals.raw_row_id
    where originals.raw_row_id is null
)

select object_name, problem, count(*) as row_count
from problems
group by object_name, problem
