-- Grain: one reason to put two company records together; a record without any is an edge to itself.
with claims as (
    select * from {{ ref('int_account__claims') }}
),

domain_claims as (
    select * from {{ ref('int_account_domain__claims') }}
    where problem is null
),

owned as (
    select * from {{ ref('int_account_domain__judged') }}
    where not is_ambiguous
),

edges as (
    select claimed_record_key as node_a, record_key as node_b, 'crm_id' as id_type
    from claims
    union all
    select owned.first_record_key as node_a, domain_claims.record_key as node_b, 'domain' as id_type
    from domain_claims
    inner join owned
        on domain_claims.domain = owned.domain
    where owned.record_count > 1
    union all
    select left_record_key as node_a, right_record_key as node_b, 'likeness' as id_type
    from {{ ref('int_account__lookalikes') }}
    where decision = 'merge'
)

select * from edges
