-- Grain: one row per row of stg_mailchimp__unsubscribe, and two derived ones at most per row of
-- stg_mailchimp__member: the opt-in that it records, and what its status says beside that.
{{ config(materialized='view') }}

select
    {{ provenance(
        'mailchimp', 'unsubscribe',
        record_id="list_id || ':' || " ~ member_key('member_id') ~ " || ':' || coalesce(campaign_id, 'no campaign')"
    ) }},
    'email' as contact_point_type, email_address as contact_point,
    list_id || ':' || {{ member_key('member_id') }} as person_record_id,
    'marketing' as purpose, 'email' as channel, 'withdraw' as action, timestamp as captured_at,
    cast(null as {{ dbt.type_timestamp() }}) as double_opt_in_at,
    'unsubscribe_link' as method, campaign_id as evidence_ref
from {{ ref('stg_mailchimp__unsubscribe') }}

union all

-- An opt-in stays a fact when the address bounces later (cleaned) or the person unsubscribes.
select
    {{ provenance(
        'mailchimp', 'member', derived=true, record_id="list_id || ':' || " ~ member_key('id') ~ " || ':opt_in'"
    ) }},
    'email', email_address,
    list_id || ':' || {{ member_key('id') }}, 'marketing', 'email', 'grant',
    coalesce(timestamp_opt, timestamp_signup),
    case when timestamp_opt > timestamp_signup then timestamp_opt end,
    coalesce(source, case when timestamp_signup is null then 'import' else 'signup_form' end),
    case when timestamp_signup is not null then list_id || ':' || {{ member_key('id') }} end
from {{ ref('stg_mailchimp__member') }}
where
    lower(status) in ('subscribed', 'cleaned', 'unsubscribed')
    and coalesce(timestamp_opt, timestamp_signup) is not null

union all

-- Mailchimp keeps no time of the status, so it counts from the member's last change, and never from
-- before the opt-in that it ends. A member subscribed at no known time is for intake to judge.
select
    {{ provenance(
        'mailchimp', 'member', derived=true,
        record_id="list_id || ':' || " ~ member_key('id') ~ " || ':' || lower(status)"
    ) }},
    'email', email_address,
    list_id || ':' || {{ member_key('id') }}, 'marketing', 'email',
    case lower(status)
        when 'subscribed' then 'grant' when 'unsubscribed' then 'withdraw'
        when 'cleaned' then 'bounce' when 'pending' then 'pending'
        when 'transactional' then 'unknown' when 'archived' then 'unknown'
        else status
    end,
    case lower(status)
        when 'subscribed' then null when 'pending' then coalesce(timestamp_signup, last_changed)
        else {{ greatest_of(['last_changed', 'timestamp_opt', 'timestamp_signup']) }}
    end,
    null, source, null
from {{ ref('stg_mailchimp__member') }}
where
    _unparsable is null
    and (lower(status) <> 'subscribed' or coalesce(timestamp_opt, timestamp_signup) is null)
