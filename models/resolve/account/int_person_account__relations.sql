-- Grain: one period in which one person belongs to one account; periods of one pair do not meet.
with statements as (
    select * from {{ ref('int_person_account__evidence') }}
),

-- A record that nobody touched since another record of the person named another account is out of
-- date (E8). Two records kept up to date, or two links, are two jobs (E23). What a system states
-- only that system ends; what is inferred from a domain, any newer statement does.
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
        statements.source_system,
        statements._loaded_at,
        coalesce(statements.valid_from, {{ unknown_start() }}) as valid_from,
        coalesce(
            statements.valid_to,
            case when not statements.is_link then superseded.superseded_at end
        ) as valid_to
    from statements
    left join superseded
        on statements.record_key = superseded.record_key
            and statements.account_id = superseded.account_id
            and statements.valid_from = superseded.valid_from
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
        place = 1 as is_primary,
        source_systems,
        loaded_at
    from ranked
)

select * from relations
