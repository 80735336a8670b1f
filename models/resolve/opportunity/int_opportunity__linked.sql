-- Grain: one opportunity record in its current version, with its account and its contacts' records.
with opportunities as (
    select * from {{ ref('int_opportunity__checked') }}
    where is_current and merged_into is null
),

-- A version that is open after one that was closed: the deal was opened again.
versions as (
    select
        source_system,
        source_record_id,
        is_closed,
        lag(is_closed) over (
            partition by source_system, source_record_id
            order by coalesce(record_updated_at, heard_at), _content_hash
        ) as was_closed
    from {{ ref('int_opportunity__versions') }}
),

reopenings as (
    select source_system, source_record_id, count(*) as reopened_count
    from versions
    where was_closed and not is_closed
    group by source_system, source_record_id
),

links as (
    select * from {{ ref('int_link__checked') }}
    where disposition = 'accepted' and from_object = 'opportunity' and not is_deleted
),

account_members as (
    select * from {{ ref('int_account__members') }}
),

linked_accounts as (
    select
        links.source_system,
        links.from_record_id,
        links.is_primary,
        account_members.account_id,
        row_number() over (
            partition by links.source_system, links.from_record_id
            order by coalesce(links.is_primary, false) desc, account_members.account_id
        ) as place
    from links
    inner join account_members
        on links.source_system || ':' || links.to_record_id = account_members.record_key
    where links.to_object = 'account'
),

linked as (
    select
        {{ surrogate_key('opp', [
            'opportunities.source_system', 'opportunities.source_record_id',
        ]) }}
            as opportunity_id,
        coalesce(reopenings.reopened_count, 0) as reopened_count,
        coalesce(named_account.account_id, linked_accounts.account_id) as account_id,
        opportunities.*
    from opportunities
    left join account_members as named_account
        on opportunities.source_system || ':' || opportunities.account_record_id
            = named_account.record_key
    left join linked_accounts
        on opportunities.source_system = linked_accounts.source_system
            and opportunities.source_record_id = linked_accounts.from_record_id
            and linked_accounts.place = 1
    left join reopenings
        on opportunities.source_system = reopenings.source_system
            and opportunities.source_record_id = reopenings.source_record_id
)

select * from linked
