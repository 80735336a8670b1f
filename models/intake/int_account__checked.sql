-- Grain: one raw row of an object that holds firms.
{% set rules = declared_rules('account') %}
with records as (
    select * from {{ ref('int_account__records') }}
),

judged as (
    select
        *,
        {{ reasons(row_reasons('account', rules, [
            ('account.row.empty', "_unparsable is null and source_record_id is not null
                and not is_deleted and coalesce(name, domain, merged_into) is null"),
        ])) }} as hold_reasons,
        {{ reasons([]) }} as exclude_reasons,
        {{ reasons(row_notes('account', rules, [
            ('account.employees.unparsable', "employees is not null and "
                ~ employee_count('employees') ~ " is null and " ~ employee_band('employees') ~ " is null"),
            ('account.currency.unknown', 'currency is not null and ' ~ currency_code('currency')
                ~ ' is null'),
            ('account.annual_revenue.unparsable', unreadable(['annualrevenue', 'annual_revenue'])),
            ('account.lifecycle_stage.unknown', stage_unknown('lifecycle_stage')),
            ('account.created_at.unparsable', unreadable(['created_at', 'createdate'])),
            ('account.created_at.in_future', 'created_at > ' ~ as_of()),
        ])) }} as notes
    from records
    {{ rule_joins(rules) }}
),

{{ placed('account', rules) }}

select * from placed
