-- Grain: one registrable domain, with the one account it belongs to, or the reason for none.
with judged as (
    select * from {{ ref('int_account_domain__judged') }}
),

members as (
    select * from {{ ref('int_account__members') }}
),

heads as (
    select * from {{ ref('int_account_domain__heads') }}
),

derived as (
    select * from {{ ref('int_account__derived') }}
),

owners as (
    select
        judged.domain,
        case when judged.is_ambiguous then heads.account_id else members.account_id end
            as account_id,
        judged.is_ambiguous and heads.account_id is null as is_ambiguous,
        case when heads.account_id is null then judged.reason end as reason,
        case when heads.account_id is null then 'company_record' else 'parent_company' end
            as method,
        judged.record_count,
        judged.valid_from,
        judged.valid_to
    from judged
    inner join members
        on judged.first_record_key = members.record_key
    left join heads
        on judged.domain = heads.domain
    union all
    select
        derived.domain,
        derived.account_id,
        false as is_ambiguous,
        cast(null as {{ dbt.type_string() }}) as reason,
        'person_email' as method,
        0 as record_count,
        derived.created_at as valid_from,
        cast(null as {{ dbt.type_timestamp() }}) as valid_to
    from derived
)

select * from owners
