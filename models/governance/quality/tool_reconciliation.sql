-- Grain: one measure of one tool in one unit: what it exported and what of it is in the model.
with exported as (
    {{ tool_rows('person', 'persons') }}
    union all
    {{ tool_rows('account', 'accounts') }}
    union all
    {{ tool_rows('opportunity', 'opportunities') }}
    union all
    {{ tool_rows('opportunity', 'amounts', "coalesce(" ~ currency_code('currency') ~ ", '?')", 'amount') }}
),

-- A value that a rule speaks against is no longer in the judged row.
cleared as (
    select
        'amounts' as measure,
        coalesce({{ currency_code('currency') }}, '?') as unit,
        coalesce(source_system, connector) as source_system,
        'cleared' as place,
        sum(amount) as value
    from {{ ref('int_opportunity__records') }}
    group by coalesce({{ currency_code('currency') }}, '?'), coalesce(source_system, connector)
    union all
    select measure, unit, source_system, 'cleared', -sum(value)
    from exported
    where measure = 'amounts'
    group by measure, unit, source_system
),

members as (
    select 'persons' as measure, source_system, person_id as subject_id
    from {{ ref('person_xref') }}
    union all
    select 'accounts', source_system, account_id from {{ ref('int_account__members') }}
    where not is_merged_away
),

deals as (
    select
        _source_system as source_system,
        coalesce(currency, '?') as currency,
        count(*) as deal_count,
        sum(amount) as amount
    from {{ ref('opportunity') }}
    group by _source_system, coalesce(currency, '?')
),

modelled as (
    select measure, 'rows' as unit, source_system, 'in_model' as place,
        count(distinct subject_id) as value
    from members
    group by measure, source_system
    union all
    select measure, 'rows', source_system, 'same_subject', count(*) - count(distinct subject_id)
    from members
    group by measure, source_system
    union all
    select 'opportunities', 'rows', source_system, 'in_model', sum(deal_count) from deals
    group by source_system
    union all
    select 'amounts', currency, source_system, 'in_model', amount from deals
),

everything as (
    select * from exported
    union all
    select * from cleared
    union all
    select * from modelled
),

summed as (
    select
        measure,
        unit,
        source_system,
        {{ summed_by('place', ['copies', 'held', 'left_out', 'erased', 'older_versions', 'cleared',
            'same_subject', 'merged', 'in_model', 'current'], 'value', 'decimal(38, 2)') }}
    from everything
    group by measure, unit, source_system
)

select
    measure,
    unit,
    source_system,
    copies + held + left_out + erased + older_versions + cleared + merged + current as in_tool,
    copies,
    older_versions,
    held,
    left_out,
    erased,
    cleared,
    same_subject + merged as same_subject,
    in_model,
    current - same_subject - in_model as unexplained,
    '{{ var("contract_version") }}' as _contract_version
from summed
