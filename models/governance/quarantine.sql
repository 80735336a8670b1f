-- Grain: one raw row, or one statement derived from a raw row, that is held back.
with placed as (
    select * from {{ ref('int_row__placed') }}
),

held as (
    select * from placed
    where disposition = 'quarantined'
),

-- Rows are numbered over all files of an object; the first of a file gives each its place there.
first_rows as (
    select connector, source_object, _source_file, min(_source_row) as first_row
    from placed
    where _source_file is not null
    group by connector, source_object, _source_file
),

reasons as (
    select * from {{ ref('contract_rule') }}
    where stage = 'intake'
),

cases as (
    select * from {{ ref('quarantine_case') }}
),

owners as (
    {{ object_owners() }}
),

located as (
    select
        held.*,
        {{ first_part('held.reason_codes', ';') }} as first_reason,
        case when held._source_line is null then
            held._source_row - first_rows.first_row + 1
        end as source_row
    from held
    left join first_rows
        on held.connector = first_rows.connector
            and held.source_object = first_rows.source_object
            and held._source_file = first_rows._source_file
)

select
    located.raw_row_id as quarantine_id,
    located.connector,
    located.source_system,
    located.source_object,
    located.source_record_id,
    located.entity,
    located.reason_codes,
    'error' as severity,
    located.connector || '.' || located.source_object
        || coalesce(' record ' || {{ strip_invisible('located.source_record_id') }}, '')
        || coalesce(', file ' || located._source_file, '')
        || coalesce(', line ' || cast(located._source_line as {{ dbt.type_string() }}), '')
        || coalesce(', data row ' || cast(located.source_row as {{ dbt.type_string() }}), '')
        || ': ' || coalesce(reasons.problem, located.first_reason) as message,
    coalesce(reasons.next_step, 'Correct the row in the source system and export it again.')
        as next_step,
    owners.business_owner,
    owners.steward,
    located._source_file as source_file,
    cast(coalesce(located.source_row, located._source_line) as {{ dbt.type_bigint() }})
        as source_row,
    located._content_hash as content_hash,
    cases.status as review_status,
    cases.first_seen_at,
    {{ dbt.datediff('cases.first_seen_at', as_of(), 'day') }} as days_held,
    located._loaded_at,
    '{{ var("contract_version") }}' as _contract_version
from located
inner join cases
    on located.raw_row_id = cases.quarantine_id
left join reasons
    on located.first_reason = reasons.rule_id
left join owners
    on located.connector = owners.connector
        and located.source_object = owners.source_object
