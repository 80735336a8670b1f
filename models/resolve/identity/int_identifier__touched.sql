-- Grain: one identifier that a changed record carries, or did before.
with pending as (
    select record_key from {{ ref('int_identity__changed') }}
    where is_pending
),

claims as (
    select record_key, id_type, id_value from {{ ref('int_identifier__hashed') }}
    union all
    select record_key, id_type, id_value
    from {{ rows_last_built(
        'int_identifier__claims', ['record_key', 'id_type', 'id_value']) }} as before
),

touched as (
    select distinct claims.id_type, claims.id_value
    from claims
    inner join pending
        on claims.record_key = pending.record_key
)

select * from touched
