-- Grain: one period in which one person belongs to one account; periods of one pair do not meet.
with stated as (
    select * from {{ ref('int_person_account__statements') }}
),

links as (
    select * from {{ ref('int_link__checked') }}
    where is_current
        and from_object in ('person', 'account') and to_object in ('person', 'account')
        and from_object <> to_object
),

person_members as (
    select * from {{ ref('int_person__members') }}
),

account_members as (
    select * from {{ ref('int_account__members') }}
),

statements as (
    select
        person_members.person_id,
        stated.account_id,
        stated.record_key,
        person_members.source_system,
        stated.method_rank,
        stated.valid_from,
        stated.valid_to,
        stated.confirmed_at,
        false as is_link,
        false as is_marked_primary,
        cast(null as {{ dbt.type_string() }}) as role
    from stated
    inner join person_members
        on stated.record_key = person_members.record_key
    union all
    select
        person_members.person_id,
        account_members.account_id,
        person_members.record_key,
        person_members.source_system,
        1 as method_rank,
        coalesce(person_members.valid_from, links.record_updated_at) as valid_from,
        case when coalesce(links.is_deleted, false) then links.record_updated_at end as valid_to,
        links.record_updated_at as confirmed_at,
        true as is_link,
        coalesce(links.is_primary, false) as is_marked_primary,
        links.role
    from links
    inner join person_members
        on links.source_system || ':'
            || case links.from_object when 'person' then links.from_record_id else links.to_record_id end
            = person_members.record_key
    inner join account_members
        on links.source_system || ':'
            || case links.from_object when 'account' then links.from_record_id else links.to_record_id end
            = account_members.record_key
),

-- A record that nobody touched since another record of the person named another account is out of
-- date (E8). Two records kept up to date, or two links, are two jobs (E23). What a system states only
-- that system ends; what is inferred from a domain, any newer statement does.
superseded as (
    select
        older.record_key,
        older.account_id,
        older.valid_from,
        min(newer.valid_from) as superseded_at
    from statements as older
    inner join statements as newer
        on older.person_id = newer.person_id
            and older.record_key <> newer.record_key
            and older.account_id <> newer.account_id
            and (
                (older.method_rank = 1 and newer.method_rank = 1
                    and newer.source_system = older.source_system)
                or (older.method_rank > 1 and newer.method_rank <= older.method_rank)
            )
            and newer.valid_from > older.confirmed_at
    where older.valid_to is null and not older.is_link
    group by older.record_key, older.account_id, older.valid_from
),

bounded as (
    select
        statements.person_id,
        statements.account_id,
        statements.method_rank,
        statements.is_link,
        statements.is_marked_primary,
        statements.role,
        coalesce(statements.valid_from, {{ unknown_start() }}) as valid_from,
        coalesce(statements.valid_to, superseded.superseded_at) as valid_to
    from statements
    left join superseded
        on statements.record_key = superseded.record_key
            and statements.account_id = superseded.account_id
            and statements.valid_from = superseded.valid_from
            and statements.valid_to is null
            and not statements.is_link
),

{{ merged_periods('bounded') }},

ranked as (
    select
        *,
        row_number() over (
            partition by person_id
            order by
                case when valid_to is null then 0 else 1 end,
                is_marked_primary desc,
                method_rank,
                valid_from desc,
                account_id
        ) as place
    from merged_periods
),

relations as (
    select
        person_id,
        account_id,
        valid_from,
        valid_to,
        role,
        case method_rank
            when 1 then case when is_link = 1 then 'link' else 'company_record' end
            when 2 then 'email_domain'
            else 'company_domain'
        end as method,
        place = 1 as is_primary
    from ranked
)

select * from relations
