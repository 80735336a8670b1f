-- Grain: one moment at which a record of a person changed, with what survived of its records then.
-- Only of those of whom the exports hold several versions of a record, or a history of a field.
{{ config(materialized='view') }}
{% set fields = {
    'job_title': 'job_title', 'country': 'country', 'owner_key': 'owner_key',
    'email': email_address('email'), 'phone': usable_phone('phone'),
} %}
with members as (
    select * from {{ ref('int_person__members') }}
),

{{ versions_then('person', ['job_title', 'country'], [
    'standing.record_key', 'connector', 'source_system', 'merged_into', 'is_deleted', 'created_at',
    'record_updated_at', '_loaded_at', 'email', 'phone',
    "source_system || ':' || owner_record_id as owner_key",
]) }},

{{ resolved_fields('person', fields, moments=true) }}

select * from resolved
