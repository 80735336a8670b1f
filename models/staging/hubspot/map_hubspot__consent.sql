-- Grain: one change of an address's subscriptions, or one thing that a contact's properties state.
{{ config(materialized='view') }}

-- What a contact can state. An opt-out of false is how each begins: no consent, and no end of a
-- refusal, so no row. Opt-outs of one subscription are called otherwise in every portal and mean
-- no marketing. A legal basis allows to keep the contact, not to mail it.
{% set statements = [
    ['opt_out', 'hs_email_optout and dated_contact_id is null', 'withdraw', '*', 'null'],
    ['opt_out_of_one', regex_matches('lower(_undeclared)', 'hs_email_optout_[0-9]+[a-z_]*":"true"'),
        'withdraw', 'marketing', 'null'],
    ['bounce', 'hs_email_hard_bounce_reason_enum is not null', 'bounce', '*', 'null'],
    ['legal_basis', 'hs_legal_basis is not null', 'unknown', '*', 'hs_legal_basis'],
] %}

with dated_opt_outs as (
    select distinct contact_id as dated_contact_id
    from {{ ref('stg_hubspot__contact_property_history') }}
    where property_name = 'hs_email_optout' and lower(value) = 'true'
),

email_events as (
    select id as event_id, max(recipient) as recipient, max(created) as created
    from {{ ref('stg_hubspot__email_event') }}
    group by id
)

{% for statement, condition, action, purpose, lawful_basis in statements %}
select
    {{ provenance(
        'hubspot', 'contact', record_id="id || ':" ~ statement ~ "'",
        updated_at='lastmodifieddate', is_deleted='is_deleted', derived=true
    ) }},
    'email' as contact_point_type, email as contact_point, id as person_record_id,
    '{{ purpose }}' as purpose, 'email' as channel, '{{ action }}' as action,
    {{ lawful_basis }} as lawful_basis, lastmodifieddate as captured_at,
    'contact_property' as method, null as evidence_ref, null as actor
from {{ ref('stg_hubspot__contact') }}
left join dated_opt_outs on id = dated_contact_id
where {{ condition }}
union all
{% endfor %}
select
    {{ provenance(
        'hubspot', 'contact_property_history', updated_at='changed_at', derived=true,
        record_id="contact_id || ':opt_out:' || _content_hash"
    ) }},
    'email', null, contact_id,
    case property_name when 'hs_email_optout' then '*' else 'marketing' end, 'email', 'withdraw',
    null, changed_at, source, source_id, null
from {{ ref('stg_hubspot__contact_property_history') }}
where property_name like 'hs_email_optout%' and lower(value) = 'true'
union all
-- SUBSCRIBED only means: not unsubscribed from everything. HubSpot writes it at any change.
select
    {{ provenance('hubspot', 'email_event_status_change', record_id='id', updated_at='created') }},
    'email', recipient, null, '*', 'email', case when bounced then 'bounce'
        when portal_subscription_status = 'UNSUBSCRIBED' then 'withdraw' else 'unknown' end,
    null, created, source, id, requested_by
from {{ ref('stg_hubspot__email_event_status_change') }}
left join email_events on id = event_id
