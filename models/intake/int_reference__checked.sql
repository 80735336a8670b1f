-- Grain: one raw row of an object that only names things: owners, campaigns, lists, forms, stages.
{% set rules = declared_rules('reference') %}
with records as (
    select * from {{ ref('int_reference__records') }}
),

judged as (
    select
        *,
        {{ reasons(row_reasons('reference', rules)) }} as hold_reasons,
        {{ reasons([]) }} as exclude_reasons,
        {{ reasons(row_notes('reference', rules)) }} as notes
    from records
    {{ rule_joins(rules) }}
),

{{ placed('reference', rules) }}

select * from placed
