-- Grain: one identifier, by its hash, that a changed record carries or carried before.
with pending as (
    select record_key from {{ ref('int_identity__changed') }}
    where is_pending
),

claims as (
    select claimed.id_type, claimed.id_value
    from {{ ref('int_identifier__hashed') }} as claimed
    inner join pending
        on claimed.record_key = pending.record_key
),

claims_before as (
    select claimed.identifier_key
    from {{ rows_last_built(
        'int_identifier__claims', {'record_key': 'string', 'identifier_key': 'bigint'}
    ) }} as claimed
    inner join pending
        on claimed.record_key = pending.record_key
)

select {{ working_hash(['id_type', 'id_value']) }} as identifier_key from claims
union
select identifier_key from claims_before
