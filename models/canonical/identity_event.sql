-- Grain: one thing that happened to a person's id in one run.
with registry as (
    select * from {{ ref('int_identity__registry') }}
),

steps as (
    select person_id, from_run as run, from_at as run_at, 1 as opened, 0 as closed from registry
    union all
    select person_id, to_run as run, to_at as run_at, 0 as opened, 1 as closed from registry
    where to_run is not null
),

counted as (
    select
        person_id,
        run,
        min(run_at) as run_at,
        sum(opened) as opened,
        sum(closed) as closed
    from steps
    group by person_id, run
),

balances as (
    select
        *,
        sum(opened - closed) over (
            partition by person_id order by run
            rows between unbounded preceding and current row
        ) as members_after,
        row_number() over (partition by person_id order by run) as place
    from counted
),

-- Records that went from one person to another; most of an ended person's go to its heir.
moves as (
    select
        closed.to_run as run,
        closed.person_id,
        opened.person_id as other_person_id,
        count(*) as record_count,
        row_number() over (
            partition by closed.to_run, closed.person_id
            order by count(*) desc, min(closed.record_key)
        ) as place
    from registry as closed
    inner join registry as opened
        on closed.record_key = opened.record_key and closed.to_run = opened.from_run
    group by closed.to_run, closed.person_id, opened.person_id
),

events as (
    select
        balances.run,
        balances.run_at,
        case when balances.place = 1 then 'create' else 'revive' end as action,
        balances.person_id,
        cast(null as {{ dbt.type_string() }}) as other_person_id,
        balances.opened as record_count
    from balances
    where balances.opened > 0 and balances.members_after - balances.opened + balances.closed = 0
    union all
    select
        balances.run,
        balances.run_at,
        case when heirs.other_person_id is null then 'retire' else 'merge' end as action,
        balances.person_id,
        heirs.other_person_id,
        coalesce(heirs.record_count, balances.closed) as record_count
    from balances
    left join moves as heirs
        on balances.run = heirs.run and balances.person_id = heirs.person_id and heirs.place = 1
    where balances.closed > 0 and balances.members_after = 0
    union all
    select
        balances.run,
        balances.run_at,
        'split' as action,
        balances.person_id,
        moves.other_person_id,
        moves.record_count
    from balances
    inner join moves
        on balances.run = moves.run and balances.person_id = moves.person_id
    where balances.members_after > 0 or moves.place > 1
)

select
    {{ surrogate_key('idv', [
        'run', 'action', 'person_id', "coalesce(other_person_id, '')"
    ]) }} as identity_event_id,
    run_at as happened_at,
    cast(run as {{ dbt.type_int() }}) as run,
    action,
    person_id,
    other_person_id,
    cast(record_count as {{ dbt.type_bigint() }}) as record_count,
    '{{ var("contract_version") }}' as _contract_version
from events
