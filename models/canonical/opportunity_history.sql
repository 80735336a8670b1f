-- Grain: one stay of a deal in one state: stage, value, chance, dates, account and owner.
{%- set state = [
    'account_id', 'owner_id', 'pipeline', 'stage', 'stage_rank', 'amount', 'currency', 'probability',
    'expected_close_date', 'closed_at', 'is_closed', 'is_won', 'is_deleted',
] %}
with versions as (
    select * from {{ ref('int_opportunity__versions') }}
),

opportunities as (
    select * from {{ ref('int_opportunity__linked') }}
),

account_members as (
    select * from {{ ref('int_account__members') }}
),

-- A deal that names no account itself has the linked one of today in all its states.
stated as (
    select
        opportunities.opportunity_id,
        coalesce(versions.record_updated_at, versions.heard_at) as valid_from,
        coalesce(account_members.account_id, opportunities.account_id) as account_id,
        case when versions.owner_record_id is not null then
            {{ owner_key('versions.source_system', 'versions.owner_record_id') }}
        end as owner_id,
        versions.pipeline,
        versions.stage,
        versions.stage_rank,
        case when versions.amount >= 0 then versions.amount end as amount,
        {{ currency_code('versions.currency') }} as currency,
        cast(versions.probability as decimal(9, 6)) as probability,
        versions.expected_close_date,
        case when versions.is_closed then versions.closed_at end as closed_at,
        coalesce(versions.is_closed, false) as is_closed,
        coalesce(versions.is_won and versions.is_closed, false) as is_won,
        versions.is_deleted,
        versions.source_system,
        versions.source_record_id,
        versions._loaded_at,
        versions._content_hash
    from versions
    inner join opportunities
        on versions.source_system = opportunities.source_system
            and versions.source_record_id = opportunities.source_record_id
    left join account_members
        on versions.source_system || ':' || versions.account_record_id = account_members.record_key
),

-- Of two versions of one moment the one that intake takes as current is the one that held.
placed as (
    select
        *,
        row_number() over (
            partition by opportunity_id, valid_from
            order by _loaded_at desc nulls last, _content_hash desc nulls last
        ) as place,
        {{ state_key(state) }} as state_key
    from stated
),

compared as (
    select
        *,
        lag(state_key) over (partition by opportunity_id order by valid_from) as state_key_before
    from placed
    where place = 1
),

numbered as (
    select
        *,
        row_number() over (partition by opportunity_id order by valid_from) as seq
    from compared
    where state_key_before is null or state_key <> state_key_before
)

select
    opportunity_id,
    cast(seq as {{ dbt.type_int() }}) as seq,
    valid_from,
    lead(valid_from) over (partition by opportunity_id order by valid_from) as valid_to,
    account_id,
    owner_id,
    pipeline,
    stage,
    stage_rank,
    amount,
    currency,
    probability,
    expected_close_date,
    closed_at,
    is_closed,
    is_won,
    is_deleted,
    source_system as _source_system,
    source_record_id as _source_record_id,
    _loaded_at,
    '{{ var("contract_version") }}' as _contract_version
from numbered
