-- Grain: one statement about consent, and each raw row of an object that holds them.
{% set rules = declared_rules('consent') %}
with records as (
    {{ in_policy_words('consent', ref('int_consent__records'), ref('policy_consent_word'), {
        'action': 'lower(trim(records.action))',
        'channel': 'lower(trim(records.channel))',
        'contact_point_type': "case when records.contact_point not like '%@%' and "
            ~ is_phone('records.contact_point') ~ " then 'phone' else 'email' end",
        'purpose': 'records.purpose',
    }, among={'purpose': "lower(records.channel) = 'web'"}) }}
),

statements as (
    select
        *,
        {{ contact_point_key('contact_point') }} as contact_key,
        -- What holds for a purpose holds for each vendor's part in it (tcf_2_vendor_755).
        {{ regex_replace('lower(purpose)', '_vendor_[0-9]+$', '') }} as ruling_purpose,
        action in ('deny', 'withdraw', 'object', 'gpc') as is_denial,
        action in ('grant', 'confirm') as is_grant
    from records
),

-- Of today's exports and of earlier ones: a list that is imported anew does not undo a withdrawal.
denied as (
    select contact_key, action, captured_at from statements
    where is_denial
    union all
    {{ denials_heard_before() }}
),

denials as (
    select
        contact_key,
        min(captured_at) as first_denied_at,
        min(case when action = 'object' then captured_at end) as first_objected_at
    from denied
    group by contact_key
),

purposes as (
    select * from {{ ref('policy_consent_purpose') }} as policy
    where {{ in_force('policy') }}
),

joined as (
    select
        statements.*,
        denials.first_denied_at,
        denials.first_objected_at,
        coalesce(own.lawful_bases, usual.lawful_bases) as lawful_bases
    from statements
    left join denials
        on statements.contact_key = denials.contact_key
    left join purposes as own
        on statements.ruling_purpose = own.purpose and statements.channel = own.channel
    left join purposes as usual
        on statements.ruling_purpose = usual.purpose and usual.channel = '*'
),

judged as (
    select
        *,
        {{ reasons(row_reasons('consent', rules, [
            ('consent.contact_point.invalid', '_unparsable is null and contact_key is null
                and person_record_id is null'),
            ('consent.action.unknown', "_unparsable is null and coalesce(action, '')
                not in ('grant', 'deny', 'withdraw', 'object', 'expire', 'gpc', 'confirm', 'pending',
                    'bounce', 'erase', 'unknown', 'unreadable')"),
            ('consent.tc_string.unreadable', "action = 'unreadable'"),
            ('consent.captured_at.missing', 'is_grant and captured_at is null
                and not ' ~ unreadable(consent_time_columns())),
            ('consent.captured_at.unparsable', 'is_grant and captured_at is null
                and ' ~ unreadable(consent_time_columns())),
            ('consent.captured_at.in_future', 'is_grant and captured_at > ' ~ as_of()),
            ('consent.evidence.missing', "is_grant and lower(method) like '%import%'
                and evidence_ref is null and first_denied_at < captured_at"),
            ('consent.lawful_basis.not_allowed', "is_grant and lower(lawful_basis) = 'legitimate_interest'
                and first_objected_at <= captured_at"),
            ('consent.lawful_basis.not_for_purpose', "is_grant and ';' || lawful_bases || ';'
                not like '%;' || lower(lawful_basis) || ';%'"),
        ])) }} as hold_reasons,
        {{ reasons([('consent.action.no_statement', "action = 'unknown'")]) }} as exclude_reasons,
        {{ reasons(row_notes('consent', rules, [
            ('consent.captured_at.in_future', 'is_denial and captured_at > ' ~ as_of()),
            ('consent.captured_at.unparsable', 'is_denial and captured_at is null
                and ' ~ unreadable(consent_time_columns())),
            ('consent.jurisdiction.unknown', 'jurisdiction is null'),
        ])) }} as notes
    from joined
    {{ rule_joins(rules, 'joined') }}
),

{{ placed('consent', rules,
    also=['contact_point', 'purpose', 'channel', 'action', 'captured_at']) }}

select * from placed
