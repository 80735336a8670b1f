-- Grain: one row that was ever held back, with what became of it. Kept from build to build.
{{ memory(unique_key='quarantine_id') }}

with placed as (
    select * from {{ ref('int_row__placed') }}
),

held as (
    select * from placed
    where disposition = 'quarantined'
),

decisions as (
    select * from {{ quarantine_decisions() }}
),

earlier as (
    {{ earlier_rows(['quarantine_id', 'connector', 'source_object', 'entity', 'reason_codes',
        'first_seen_at', 'last_seen_at', 'closed_at']) }}
),

cases as (
    select
        coalesce(held.raw_row_id, earlier.quarantine_id) as quarantine_id,
        coalesce(held.connector, earlier.connector) as connector,
        coalesce(held.source_object, earlier.source_object) as source_object,
        coalesce(held.entity, earlier.entity) as entity,
        coalesce(held.reason_codes, earlier.reason_codes) as reason_codes,
        held.raw_row_id is not null as is_held,
        coalesce(earlier.first_seen_at, {{ as_of() }}) as first_seen_at,
        case when held.raw_row_id is not null then {{ as_of() }} else earlier.last_seen_at end
            as last_seen_at,
        case when held.raw_row_id is null then coalesce(earlier.closed_at, {{ as_of() }}) end
            as closed_at
    from held
    full outer join earlier
        on held.raw_row_id = earlier.quarantine_id
),

still_there as (
    select raw_row_id, disposition, reason_codes from placed
    where raw_row_id in (select quarantine_id from cases where not is_held)
)

select
    cases.quarantine_id,
    cases.connector,
    cases.source_object,
    cases.entity,
    cases.reason_codes,
    case
        when cases.is_held and decisions.decision = 'reject' then 'rejected'
        when cases.is_held then 'open'
        when decisions.decision = 'release' and still_there.raw_row_id is not null then 'released'
        when still_there.disposition = 'accepted'
            and still_there.reason_codes || ';' like cases.reason_codes || ';%' then 'waived'
        when still_there.raw_row_id is not null then 'passed'
        else 'corrected'
    end as status,
    cases.first_seen_at,
    cases.last_seen_at,
    cases.closed_at,
    decisions.decided_by,
    '{{ var("contract_version") }}' as _contract_version
from cases
left join decisions
    on cases.quarantine_id = decisions.quarantine_id
left join still_there
    on cases.quarantine_id = still_there.raw_row_id
