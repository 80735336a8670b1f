-- Grain: one raw row of an object that holds persons, and one person a system knows beside them.
{% set rules = declared_rules('person') %}
with records as (
    select * from {{ ref('int_person__records') }}
),

judged as (
    select
        *,
        {{ reasons(row_reasons('person', rules, [
            ('person.row.empty', "_unparsable is null and source_record_id is not null and not is_deleted
                and coalesce(email, additional_emails, phone, first_name, last_name, company_name,
                    company_domain, user_id, anonymous_id, merged_into) is null
                and not " ~ is_anonymised("source_system || ':' || source_record_id")),
        ])) }} as hold_reasons,
        {{ reasons([]) }} as exclude_reasons,
        {{ reasons(row_notes('person', rules, [
            ('person.email.invalid', 'email is not null and case when ' ~ plain_email('email')
                ~ ' then false else ' ~ email_address('email') ~ ' is null end'),
            ('person.phone.invalid', 'not ' ~ is_phone('phone')),
            ('person.lifecycle_stage.unknown', stage_unknown('lifecycle_stage')),
            ('person.created_at.unparsable', unreadable(['created_at', 'createdate'])),
            ('person.created_at.in_future', 'created_at > ' ~ as_of()),
            ('person.date_of_birth.unparsable', unreadable(['date_of_birth'])),
        ])) }} as notes
    from records
    {{ rule_joins(rules) }}
),

{{ placed('person', rules) }}

select * from placed
