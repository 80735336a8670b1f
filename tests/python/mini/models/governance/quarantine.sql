-- Grain: one quarantined row.
select
    'q' || range as quarantine_id, 'hubspot' as connector, 'hubspot' as source_system,
    'contact' as source_object, range::varchar as source_record_id,
    'email_invalid' as reason_codes, 'The e-mail address "x" has no @ sign.' as message
from range(3)
