-- Grain: one identifier, by its hash, that a changed record carried at the end of the last build.
select distinct claimed.identifier_key
from {{ rows_last_built(
    'int_identifier__claims', {'record_key': 'string', 'identifier_key': 'bigint'}
) }} as claimed
inner join {{ ref('int_identity__changed') }} as changed
    on claimed.record_key = changed.record_key
where changed.is_pending and changed.was_known
