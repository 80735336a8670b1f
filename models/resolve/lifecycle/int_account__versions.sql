-- Grain: one moment at which a record of a firm changed, with what survived of its records then.
-- Only of those of whom the exports hold several versions of a record, or a history of a field.
{{ config(materialized='view') }}
{% set fields = {
    'name': 'name', 'industry': 'industry', 'country': 'country', 'owner_key': 'owner_key',
    'employees': 'case when ' ~ employee_band('employees') ~ ' is not null then employees end',
} %}
with members as (
    select * from {{ ref('int_account__members') }}
),

{{ versions_then('account', ['name', 'industry', 'country', 'employees'], [
    'standing.record_key', 'connector', 'source_system', 'merged_into', 'is_deleted', 'created_at',
    'record_updated_at', '_loaded_at', "source_system || ':' || owner_record_id as owner_key",
]) }},

{{ resolved_fields('account', fields, moments=true) }}

select * from resolved
