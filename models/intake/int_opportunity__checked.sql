-- Grain: one raw row of an object that holds opportunities.
with records as (
    select * from {{ ref('int_opportunity__records') }}
),

judged as (
    select
        *,
        {{ reasons(row_reasons('opportunity')) }} as hold_reasons,
        {{ reasons([]) }} as exclude_reasons,
        {{ reasons(row_notes('opportunity', [
            ('opportunity.stage.missing', '_unparsable is null and not is_deleted and stage is null'),
            ('opportunity.stage.unknown', 'stage is not null and is_closed is null'),
            ('opportunity.amount.missing', 'amount is null and not is_deleted
                and not ' ~ unreadable(['amount'])),
            ('opportunity.amount.unparsable', unreadable(['amount'])),
            ('opportunity.amount.negative', 'amount < 0'),
            ('opportunity.currency.missing', 'amount is not null and ' ~ currency_code('currency') ~ ' is null'),
            ('opportunity.closed_at.before_created', 'closed_at < created_at'),
            ('opportunity.closed_at.missing', 'is_closed and closed_at is null'),
        ])) }} as notes
    from records
),

{{ placed('opportunity') }}

select * from placed
