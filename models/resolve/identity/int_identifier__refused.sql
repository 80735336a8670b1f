-- Grain: one record's claim on an identifier that joins nobody, with the reason.
with claims as (
    select * from {{ ref('int_identifier__claims') }}
),

refused as (
    select * from {{ ref('int_identifier__judged') }}
    where verdict = 'refused'
),

refused_claims as (
    select
        claims.record_key,
        claims.id_type,
        claims.id_value,
        refused.reason,
        refused.record_count
    from claims
    inner join refused
        on claims.id_type = refused.id_type and claims.id_value = refused.id_value
)

select * from refused_claims
