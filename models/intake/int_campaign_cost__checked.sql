-- Grain: one raw row of an object that says what campaigns cost.
{% set rules = declared_rules('campaign_cost') %}
with records as (
    select * from {{ ref('int_campaign_cost__records') }}
),

judged as (
    select
        *,
        {{ reasons(row_reasons('campaign_cost', rules, [
            ('campaign_cost.spent_on.missing', '_unparsable is null and spent_on is null
                and not ' ~ unreadable(['spent_on'])),
            ('campaign_cost.spent_on.unparsable', unreadable(['spent_on'])),
            ('campaign_cost.spent_on.in_future', 'spent_on > cast(' ~ as_of() ~ ' as date)'),
            ('campaign_cost.cost.unparsable', unreadable(['cost'])),
            ('campaign_cost.cost.negative', 'cost < 0'),
        ])) }} as hold_reasons,
        {{ reasons([]) }} as exclude_reasons,
        {{ reasons(row_notes('campaign_cost', rules, [
            ('campaign_cost.cost.missing', '_unparsable is null and cost is null
                and not ' ~ unreadable(['cost'])),
            ('campaign_cost.currency.missing',
                'cost is not null and ' ~ currency_code('currency') ~ ' is null'),
            ('campaign_cost.campaign.missing', "_unparsable is null
                and coalesce(trim(campaign), '') = ''"),
        ])) }} as notes
    from records
    {{ rule_joins(rules) }}
),

{{ placed('campaign_cost', rules) }}

select * from placed
