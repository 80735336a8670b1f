-- Grain: one row per row of stg_mailchimp__campaign_recipient (a mail was sent) and of
-- stg_mailchimp__campaign_recipient_activity (what became of it).
{{ config(materialized='view') }}

-- Recipients carry no time of their own. Grouped, since a repeated campaign must not repeat mails.
with campaign_times as (
    select id as sent_campaign_id, max(send_time) as campaign_sent_at
    from {{ ref('stg_mailchimp__campaign') }}
    group by id
)

select
    {{ provenance(
        'mailchimp', 'campaign_recipient',
        record_id="'sent:' || campaign_id || ':' || list_id || ':' || " ~ member_key('member_id')
    ) }},
    'email_sent' as event_name,
    coalesce(send_time, campaign_sent_at) as event_at,
    list_id || ':' || {{ member_key('member_id') }} as person_record_id,
    email_address as email,
    'mailchimp' as source,
    'email' as medium,
    campaign_id as campaign_record_id,
    cast(null as {{ dbt.type_string() }}) as properties
from {{ ref('stg_mailchimp__campaign_recipient') }}
left join campaign_times on campaign_id = sent_campaign_id

union all

-- An action has no id: it is named by all that Mailchimp says of it, so that two clicks in one
-- second on two links stay two.
select
    {{ provenance(
        'mailchimp', 'campaign_recipient_activity',
        record_id=surrogate_key('activity', [
            row_salt(), 'campaign_id', 'list_id', member_key('member_id'), 'action', 'bounce_type', 'url', 'ip',
            seconds_between("cast('1970-01-01' as timestamp)", 'timestamp'),
        ])
    ) }},
    'email_' || lower(action),
    timestamp,
    list_id || ':' || {{ member_key('member_id') }},
    email_address,
    'mailchimp',
    'email',
    campaign_id,
    {{ json_object({'bounce_type': 'bounce_type', 'link_url': url_without_identifiers('url')}) }}
from {{ ref('stg_mailchimp__campaign_recipient_activity') }}
