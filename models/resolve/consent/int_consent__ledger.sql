-- Grain: one stay of an accepted statement about consent in the exports. A statement whose row has
-- left them stays: the memory behind canonical.consent_event, which survives --full-refresh.
{{ memory(
    unique_key=['raw_row_id', 'heard_at'],
    hooks=[
        "{{ forget_misheard(ref('int_consent__checked')) }}",
        "{{ forget_erased({
            'contact_point': 'contact_point', 'person_record_id': 'record', 'actor': 'email',
        }, 'captured_at') }}",
    ],
) }}

{{ heard_rows(ref('int_consent__checked'), [
    'raw_row_id', 'connector', 'source_system', 'source_object', 'source_record_id', '_content_hash',
    'record_updated_at', '_loaded_at',
] + entity_columns('consent') | list) }}
