-- Grain: one registrable domain, with the one account it belongs to, or the reason for none.
with judged as (
    select * from {{ ref('int_account_domain__judged') }}
),

members as (
    select * from {{ ref('int_account__members') }}
),

derived as (
    select * from {{ ref('int_account__derived') }}
),

owners as (
    select
        judged.domain,
        case when not judged.is_ambiguous then members.account_id end as account_id,
        judged.is_ambiguous,
        judged.reason,
        'company_record' as method,
        judged.record_count,
        judged.valid_from,
        judged.valid_to
    from judged
    inner join members
        on judged.first_record_key = members.record_key
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
