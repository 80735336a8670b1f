-- Grain: one row per row of stg_mailchimp__list and stg_mailchimp__campaign.
{{ config(materialized='view') }}

select
    {{ provenance('mailchimp', 'list', record_id='id', is_deleted='is_deleted') }},
    'list' as kind,
    name as label,
    cast(null as {{ dbt.type_string() }}) as source,
    cast(null as {{ dbt.type_string() }}) as medium
from {{ ref('stg_mailchimp__list') }}

union all

select
    {{ provenance('mailchimp', 'campaign', record_id='id', is_deleted='is_deleted') }},
    'campaign',
    coalesce(
        title, {{ json_text('settings', 'title') }},
        subject_line, {{ json_text('settings', 'subject_line') }}
    ),
    'mailchimp',
    'email'
from {{ ref('stg_mailchimp__campaign') }}
