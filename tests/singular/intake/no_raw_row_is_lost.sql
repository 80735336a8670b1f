-- I1. Each raw row that landed stands in exactly one place: the numbers agree per object, the rows
-- are the same ones, no row is placed twice, and a duplicate points to the row that it copies.
-- If this fails, compare the object's staging table with its int_<entity>__checked by _content_hash.
with balance as (
    select * from {{ ref('reconciliation') }}
),

placed as (
    {%- for entity in entities() %}
    select
        connector || '.' || source_object as object_name,
        raw_row_id,
        duplicate_of,
        is_derived
    from {{ ref('int_' ~ entity ~ '__checked') }}
    {{ 'union all' if not loop.last }}
    {%- endfor %}
),

placed_twice as (
    select object_name
    from placed
    group by object_name, raw_row_id
    having count(*) > 1
),

copies_of_nothing as (
    select copies.object_name
    from placed as copies
    left join placed as originals
        on copies.duplicate_of = originals.raw_row_id
    where copies.duplicate_of is not null and originals.raw_row_id is null
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
    select object_name, 'a row stands in two places' as problem from placed_twice
    union all
    select object_name, 'a duplicate of a row that is not there' as problem from copies_of_nothing
)

select object_name, problem, count(*) as row_count
from problems
group by object_name, problem
