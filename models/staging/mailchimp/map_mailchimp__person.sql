-- Grain: one row per row of stg_mailchimp__member: an address on an audience.
{{ config(materialized='view') }}

select
    {{ provenance(
        'mailchimp', 'member',
        record_id="list_id || ':' || " ~ member_key('id'),
        updated_at='last_changed',
        is_deleted="is_deleted or lower(status) = 'archived'"
    ) }},
    email_address as email,
    coalesce(merge_phone, {{ json_text('merge_fields', 'PHONE') }}) as phone,
    coalesce(merge_fname, {{ json_text('merge_fields', 'FNAME') }}) as first_name,
    coalesce(merge_lname, {{ json_text('merge_fields', 'LNAME') }}) as last_name,
    coalesce(merge_company, {{ json_text('merge_fields', 'COMPANY') }}) as company_name,
    coalesce(timestamp_signup, timestamp_opt) as created_at
from {{ ref('stg_mailchimp__member') }}
