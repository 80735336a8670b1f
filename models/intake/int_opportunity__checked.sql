-- Grain: one raw row of an object that holds opportunities.
{% set rules = declared_rules('opportunity') %}
with records as (
    select * from {{ ref('int_opportunity__records') }}
),

judged as (
    select
        *,
        {{ reasons(row_reasons('opportunity', rules)) }} as hold_reasons,
        {{ reasons([]) }} as exclude_reasons,
        {{ reasons(row_notes('opportunity', rules, [
            ('opportunity.stage.unknown', 'stage is not null and is_closed is null'),
            ('opportunity.amount.unparsable', unreadable(['amount'])),
            ('opportunity.currency.missing', 'amount is not null and ' ~ currency_code('currency') ~ ' is null'),
            ('opportunity.closed_at.unparsable', unreadable(['closed_at', 'closedate'])),
            ('opportunity.closed_at.before_created', 'closed_at < created_at'),
        ])) }} as notes
    from records
    {{ rule_joins(rules, references={'account': ref('int_account__records')}) }}
),

{{ placed('opportunity', rules) }}

select * from placed
