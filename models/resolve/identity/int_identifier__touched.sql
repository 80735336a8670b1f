-- Grain: one identifier, by its hash, that a changed record carries or carried before.
with pending as (
    select record_key from {{ ref('int_identity__changed') }}
    where is_pending
),

claims as (
    select record_key, {{ working_hash(['id_type', 'id_value']) }} as identifier_key
    from {{ ref('int_identifier__hashed') }}
    union all
    select record_key, identifier_key
    from {{ rows_last_built(
        'int_identifier__claims', {'record_key': 'string', 'identifier_key': 'bigint'}) }} as before
),

touched as (
    select distinct claims.identifier_key
    from claims
    inner join pending
        on claims.record_key = pending.record_key
)

select identifier_key from touched
