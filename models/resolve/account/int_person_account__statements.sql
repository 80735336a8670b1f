-- Grain: one period in which one person record says that the person belongs to one account.
with said as (
    select * from {{ ref('int_person__employers') }}
),

-- A version that names no account leaves standing what was said before; a deletion ends it.
telling as (
    select
        *,
        lag(account_id) over (
            partition by record_key order by version_at nulls first, raw_row_id
        ) as account_before,
        row_number() over (
            partition by record_key order by version_at nulls first, raw_row_id
        ) as place
    from said
    where account_id is not null or is_deleted
),

numbered as (
    select
        *,
        sum(case
            when account_id = account_before then 0
            when account_id is null and account_before is null then 0
            else 1
        end) over (
            partition by record_key
            order by version_at nulls first, raw_row_id
            rows between unbounded preceding and current row
        ) as stretch
    from telling
),

stretches as (
    select
        record_key,
        stretch,
        max(account_id) as account_id,
        min(method_rank) as method_rank,
        min(case when place = 1 then created_at else version_at end) as valid_from,
        max(version_at) as confirmed_at,
        max(_loaded_at) as _loaded_at
    from numbered
    group by record_key, stretch
),

statements as (
    select
        *,
        lead(valid_from) over (partition by record_key order by stretch) as valid_to
    from stretches
)

select * from statements
where account_id is not null
